/* SPDX-License-Identifier: MIT */
#include "file/job.h"

#include "file/ring.h"
#include "sched/entry.h"
#include "sched/io.h"
#include "sched/park.h"

#include <errno.h>
#include <fcntl.h>
#include <goroutine/go.h>
#include <unistd.h>

/* So many wait on threads of their own, which is the shorter way, before others go to the
 * ring, which is the cheaper one: docs/design/files.md. */
enum { FEW = 4 };

static int32_t on_threads; /* atomic: the count decides nothing but the way */

void job_here(struct file_job *job)
{
    ssize_t r = -1;
    switch (job->kind) {
    case JOB_READ:
        r = preadv(job->fd, job->iov, job->n, job->offset);
        break;
    case JOB_WRITE:
        r = pwritev(job->fd, job->iov, job->n, job->offset);
        break;
    case JOB_FSYNC:
        r = fsync(job->fd);
        break;
    case JOB_FDATASYNC:
        r = fdatasync(job->fd);
        break;
    case JOB_OPEN:
        r = open(job->path, job->flags, job->mode);
        break;
    }
    job->result = r < 0 ? -errno : r;
}

static void here(void *job)
{
    job_here(job);
}

/* The thread itself matters: it may have rights, a working directory or a priority of its
 * own.  One that is locked to its goroutine serves no other in any case. */
static bool bound_to_thread(void)
{
    struct m *m = rt_enter();
    bool bound = m->alien || m->curg->lock_count;
    rt_exit(m);
    return bound;
}

static void wait_for_ring(struct file_job *job)
{
    struct m *m = rt_enter();
    spin_lock(&job->lock);
    if (job->done) {
        spin_unlock(&job->lock);
    } else {
        io_waits(m, 1); /* its end comes from outside: nothing is dead */
        job->g = m->curg;
        m = park(m, &job->lock.word, WAIT_IO);
        io_waits(m, -1);
    }
    rt_exit(m);
}

/* The kernel's ring can refuse what the plain call would do. */
static bool refused(ssize_t result)
{
    return result == -EAGAIN || result == -ECANCELED || result == -EINTR || result == -EOPNOTSUPP;
}

ssize_t job_wait(struct file_job *job)
{
    if (bound_to_thread()) {
        job_here(job);
        return job->result;
    }
    if (ld_relaxed(&on_threads) >= FEW && ring_there()) {
        ring_push(job);
        wait_for_ring(job);
        if (!refused(job->result))
            return job->result;
    }
    add_relaxed(&on_threads, 1);
    go_block_(here, job);
    add_relaxed(&on_threads, -1);
    return job->result;
}

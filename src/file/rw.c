/* SPDX-License-Identifier: MIT */
/* Reading and writing at an offset.
 *
 *   read   of what is in memory: at once (RWF_NOWAIT); of the rest: job_wait
 *   write  into memory, which is what writing does: at once.  The kernel may make a writer
 *          wait who dirties memory faster than disks take it; then sysmon sees to the
 *          others.  Through to the disk (O_DIRECT, O_SYNC): job_wait
 *
 * RWF_NOWAIT does not keep an O_DIRECT read from waiting for the disk, so the flags of the
 * file are asked for, once.  A file system that knows no RWF_NOWAIT is one in memory (tmpfs,
 * /proc), where a plain read is as good; or it is rare.  Both are remembered with the
 * number; who changes the flags later, or what the number names, has slower calls.
 */
#include "file/job.h"
#include "poll/desc.h"

#include <errno.h>
#include <goroutine/file.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RWF_NOWAIT
#define RWF_NOWAIT 8
#endif

/* How many of the caller's pieces go into one call after the first was cut short. */
enum { PART = 16 };

/* In desc.refuses, beside those of src/net. */
enum { NOT_THROUGH = 0x40, NO_NOWAIT = 0x80 };

/* What goes to the disk itself. */
enum { THROUGH = O_DIRECT | O_SYNC | O_DSYNC };

/* What of a transfer is still to be done. */
struct rest {
    const struct iovec *iov; /* the caller's */
    int n;
    size_t skip; /* of the first piece */
    off_t offset;
    struct iovec part[PART]; /* used if skip is not 0 */
};

/* One call's worth of it. */
static struct file_job rest_job(struct rest *r, enum job_kind kind, int fd)
{
    struct file_job job = { .kind = kind, .fd = fd, .iov = r->iov, .n = r->n, .offset = r->offset };
    if (r->skip) {
        job.n = r->n < PART ? r->n : PART;
        for (int i = 0; i < job.n; i++)
            r->part[i] = r->iov[i];
        r->part[0].iov_base = (char *)r->part[0].iov_base + r->skip;
        r->part[0].iov_len -= r->skip;
        job.iov = r->part;
    }
    return job;
}

/* done bytes of it are done; true if that was all. */
static bool rest_done(struct rest *r, size_t done)
{
    r->offset += (off_t)done;
    r->skip += done;
    while (r->n > 0 && r->skip >= r->iov->iov_len) {
        r->skip -= r->iov->iov_len;
        r->iov++;
        r->n--;
    }
    return r->n == 0;
}

static bool known(const struct desc *d, uint8_t bit)
{
    return ld_relaxed(&d->refuses) & bit;
}

static void remember(struct desc *d, uint8_t bit)
{
    __atomic_fetch_or(&d->refuses, bit, __ATOMIC_RELAXED);
}

static bool has_flags(struct desc *d, int flags)
{
    if (known(d, NOT_THROUGH))
        return false;
    int now = fcntl(d->fd, F_GETFL);
    if (now >= 0 && !(now & THROUGH))
        remember(d, NOT_THROUGH);
    return now >= 0 && (now & flags);
}

/* What is in memory; -EAGAIN: nothing is.  Not every C library has preadv2; the offset is
 * one register, and the upper half of it in the next means nothing where that is so. */
static ssize_t read_now(struct desc *d, const struct file_job *job)
{
    if (known(d, NO_NOWAIT))
        return -EOPNOTSUPP;
    long r = syscall(SYS_preadv2, job->fd, job->iov, job->n, job->offset, 0L, RWF_NOWAIT);
    return r < 0 ? -errno : (ssize_t)r;
}

static ssize_t read_plainly(struct desc *d, struct file_job *job)
{
    remember(d, NO_NOWAIT);
    job_here(job);
    return job->result;
}

static ssize_t read_file(struct desc *d, struct rest rest)
{
    bool direct = has_flags(d, O_DIRECT);
    ssize_t all = 0, r;
    do {
        struct file_job job = rest_job(&rest, JOB_READ, d->fd);
        r = direct ? -EAGAIN : read_now(d, &job);
        if (r == -EAGAIN)
            r = job_wait(&job);
        else if (r == -EOPNOTSUPP || r == -ENOSYS)
            r = read_plainly(d, &job);
        all += r > 0 ? r : 0;
    } while (r > 0 && !rest_done(&rest, (size_t)r) && !direct);
    return all ? all : r;
}

static ssize_t write_file(struct desc *d, struct rest rest)
{
    bool through = has_flags(d, THROUGH);
    ssize_t all = 0, r;
    do {
        struct file_job job = rest_job(&rest, JOB_WRITE, d->fd);
        if (through) {
            r = job_wait(&job);
        } else {
            job_here(&job);
            r = job.result;
        }
        all += r > 0 ? r : 0;
    } while (r > 0 && !rest_done(&rest, (size_t)r));
    return all ? all : r;
}

static ssize_t transfer(enum job_kind kind, int fd, const struct iovec *iov, int n, off_t offset)
{
    int err = EBADF;
    struct desc *d = desc_hold(fd, &err);
    if (!d) {
        errno = err;
        return -1;
    }
    struct rest all = { .iov = iov, .n = n, .offset = offset };
    ssize_t r = -EINVAL;
    /* -1 would be an offset of its own kind to RWF_NOWAIT and to the ring. */
    if (n < 0 || n > IOV_MAX) {
        ;
    } else if (desc_kind(d) == DESC_FILE && offset >= 0 && n > 0) {
        r = kind == JOB_READ ? read_file(d, all) : write_file(d, all);
    } else {
        struct file_job job = rest_job(&all, kind, fd);
        job_here(&job);
        r = job.result;
    }
    desc_release(d);
    if (r >= 0)
        return r;
    errno = (int)-r;
    return -1;
}

ssize_t go_preadv(int fd, const struct iovec *iov, int n, off_t offset)
{
    return transfer(JOB_READ, fd, iov, n, offset);
}

ssize_t go_pwritev(int fd, const struct iovec *iov, int n, off_t offset)
{
    return transfer(JOB_WRITE, fd, iov, n, offset);
}

ssize_t go_pread(int fd, void *buf, size_t count, off_t offset)
{
    struct iovec one = { buf, count };
    return transfer(JOB_READ, fd, &one, 1, offset);
}

ssize_t go_pwrite(int fd, const void *buf, size_t count, off_t offset)
{
    struct iovec one = { (void *)(uintptr_t)buf, count };
    return transfer(JOB_WRITE, fd, &one, 1, offset);
}

/* SPDX-License-Identifier: MIT */
/* io_uring, kept by one thread.
 *
 * Why a thread: the kernel finishes what was submitted on the thread that did it.  On
 * threads that run goroutines this would end calls of theirs with EINTR, and what is under
 * way with a thread that ends; each would also get a pool of helpers.  Here there is one
 * pool, and many jobs go to the kernel by one call when they come together.
 *
 *   goroutine          pushes its job on a stack without a lock, wakes the thread if it
 *                      sleeps, parks
 *   the ring's thread  takes the stack, submits, sleeps in the kernel until something is
 *                      done or pushed, readies who waited
 *
 * W1  Push, then look at asleep; set asleep, then look at the stack.  All sequentially
 *     consistent: so a job is seen by the thread before it sleeps, or its pusher sees the
 *     thread asleep and writes to wake_fd, which the ring reads.
 * W2  No more jobs are given to the kernel than it has room to answer: completions never
 *     overflow.  The others wait in a list.
 *
 * The thread belongs to the library, has no M, and runs nothing but this.  It ends with
 * the process.  A fork's child has neither it nor a runtime.
 */
#include "file/ring.h"

#include "base/pause.h"

#if GO_URING
#include "base/options.h"
#include "os/task.h"
#include "sched/deadlock.h"
#include "sched/idle.h"

#include <errno.h>
#include <liburing.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#endif
#ifndef RUNNING_ON_VALGRIND
#define RUNNING_ON_VALGRIND 0
#endif

/* SLOTS: jobs submitted by one call.  ANSWERS: under way at once.  HELPERS: threads of the
 * kernel that may wait for disks at once; its own choice, a few for each CPU, would let
 * that many syncs into one commit of a journal. */
enum { SLOTS = 128, ANSWERS = 1024, HELPERS = 64, PAUSE_NS = 1000000 };

enum ring_state { RING_NEW, RING_STARTING, RING_THERE, RING_NONE };

static struct file_job *pushed cache_aligned; /* atomic: newest first */
static uint32_t asleep;                       /* atomic; W1 */
static uint32_t state cache_aligned;          /* atomic: enum ring_state */
static int wake_fd;                           /* imm once RING_THERE */

/* The thread's own. */
struct keeper {
    struct io_uring ring;
    struct file_job *first, **last; /* not yet given to the kernel */
    unsigned under_way;
    bool wake_armed;   /* the ring reads wake_fd */
    uint64_t wake_was; /* into here */
};

static void pause_a_little(void)
{
    pause_ns(PAUSE_NS);
}

/* --- What the kernel is told ---------------------------------------------------- */

static void describe(struct io_uring_sqe *sqe, const struct file_job *job)
{
    switch (job->kind) {
    case JOB_READ:
        io_uring_prep_readv(sqe, job->fd, job->iov, (unsigned)job->n, (uint64_t)job->offset);
        break;
    case JOB_WRITE:
        io_uring_prep_writev(sqe, job->fd, job->iov, (unsigned)job->n, (uint64_t)job->offset);
        break;
    case JOB_FSYNC:
        io_uring_prep_fsync(sqe, job->fd, 0);
        break;
    case JOB_FDATASYNC:
        io_uring_prep_fsync(sqe, job->fd, IORING_FSYNC_DATASYNC);
        break;
    case JOB_OPEN:
        io_uring_prep_openat(sqe, AT_FDCWD, job->path, job->flags, job->mode);
        break;
    }
}

/* The stack into the list, oldest first. */
static void take_pushed(struct keeper *k)
{
    struct file_job *job = xchg_seq(&pushed, NULL), *oldest = NULL;
    while (job) {
        struct file_job *next = job->next;
        job->next = oldest;
        oldest = job;
        job = next;
    }
    *k->last = oldest;
    for (; oldest; oldest = oldest->next)
        k->last = &oldest->next;
}

static void arm_wake(struct keeper *k)
{
    struct io_uring_sqe *sqe = k->wake_armed ? NULL : io_uring_get_sqe(&k->ring);
    if (!sqe)
        return;
    io_uring_prep_read(sqe, wake_fd, &k->wake_was, sizeof k->wake_was, 0);
    io_uring_sqe_set_data(sqe, NULL);
    k->wake_armed = true;
}

/* As much of the list as there is room for (W2). */
static void fill(struct keeper *k)
{
    struct io_uring_sqe *sqe;
    while (k->first && k->under_way < ANSWERS && (sqe = io_uring_get_sqe(&k->ring))) {
        struct file_job *job = k->first;
        k->first = job->next;
        if (!k->first)
            k->last = &k->first;
        describe(sqe, job);
        io_uring_sqe_set_data(sqe, job);
        k->under_way++;
    }
}

/* --- What the kernel says ------------------------------------------------------- */

static void finish(struct file_job *job, int result)
{
    spin_lock(&job->lock);
    struct g *g = job->g;
    job->result = result;
    job->done = true;
    spin_unlock(&job->lock); /* without g the job may be gone now, with it after ready */
    if (g)
        ready_without_m(g);
}

static void reap(struct keeper *k)
{
    struct io_uring_cqe *cqe;
    unsigned head, n = 0;
    io_uring_for_each_cqe(&k->ring, head, cqe)
    {
        struct file_job *job = io_uring_cqe_get_data(cqe);
        n++;
        if (!job) {
            k->wake_armed = false;
            continue;
        }
        k->under_way--;
        finish(job, cqe->res);
    }
    io_uring_cq_advance(&k->ring, n);
}

/* One round.  It sleeps only if every job it knows of has been given to the kernel, or has
 * to wait for an answer; and if it will be woken. */
static void round_of(struct keeper *k)
{
    take_pushed(k);
    arm_wake(k);
    fill(k);
    bool sleep = k->wake_armed && (!k->first || k->under_way == ANSWERS);
    if (sleep) {
        st_seq(&asleep, 1u); /* W1 */
        sleep = !ld_seq(&pushed);
    }
    int n = io_uring_submit_and_wait(&k->ring, sleep ? 1 : 0);
    st_seq(&asleep, 0u);
    reap(k);
    if (n < 0 && n != -EINTR)
        pause_a_little(); /* the kernel has no memory just now; what was not taken stays */
}

static void *keep(void *arg);

/* --- Starting ------------------------------------------------------------------- */

static bool kernel_knows(struct io_uring *ring)
{
    static const int needed[] = { IORING_OP_READV, IORING_OP_WRITEV, IORING_OP_FSYNC,
                                  IORING_OP_OPENAT, IORING_OP_READ };
    struct io_uring_probe *probe = io_uring_get_probe_ring(ring);
    bool all = probe != NULL;
    for (size_t i = 0; all && i < sizeof needed / sizeof *needed; i++)
        all = io_uring_opcode_supported(probe, needed[i]);
    io_uring_free_probe(probe);
    return all;
}

/* With completions left to this thread where the kernel can (6.1), else as it was. */
static int set_up(struct io_uring *ring)
{
    struct io_uring_params p;
    int err = -EINVAL;
#if defined(IORING_SETUP_DEFER_TASKRUN) && defined(IORING_SETUP_SINGLE_ISSUER)
    memset(&p, 0, sizeof p);
    p.flags = IORING_SETUP_CQSIZE | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
    p.cq_entries = 2 * ANSWERS;
    err = io_uring_queue_init_params(SLOTS, ring, &p);
#endif
    if (err == -EINVAL) {
        memset(&p, 0, sizeof p);
        p.flags = IORING_SETUP_CQSIZE;
        p.cq_entries = 2 * ANSWERS;
        err = io_uring_queue_init_params(SLOTS, ring, &p);
    }
    return err;
}

static bool open_ring(struct keeper *k)
{
    unsigned helpers[2] = { HELPERS, 0 };
    if (set_up(&k->ring) != 0)
        return false;
    wake_fd = eventfd(0, EFD_CLOEXEC); /* blocking: the ring waits for it */
    if (wake_fd >= 0 && kernel_knows(&k->ring)) {
        io_uring_register_iowq_max_workers(&k->ring, helpers); /* 5.15 */
        return true;
    }
    io_uring_queue_exit(&k->ring);
    if (wake_fd >= 0)
        close(wake_fd);
    return false;
}

/* The program's handlers run on the program's threads; but a real-time signal may be the
 * one by which debug stops all threads. */
static void block_signals(void)
{
    sigset_t mask;
    sigfillset(&mask);
    sigdelset(&mask, SIGSEGV);
    sigdelset(&mask, SIGBUS);
    for (int sig = SIGRTMIN; sig <= SIGRTMAX; sig++)
        sigdelset(&mask, sig);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

static void *keep(void *arg)
{
    static struct keeper k;
    (void)arg;
    block_signals();
    prctl(PR_SET_NAME, "go-files", 0, 0, 0);
    task_kernel_threads(); /* before there may be one */
    if (!open_ring(&k)) {
        st_release(&state, (uint32_t)RING_NONE);
        deadlock_service(-1);
        return NULL;
    }
    k.last = &k.first;
    st_release(&state, (uint32_t)RING_THERE); /* pairs with ring_there: wake_fd */
    for (;;)
        round_of(&k);
}

/* Valgrind lets no other thread run while one sleeps in the ring. */
static bool wanted(void)
{
    return !options.no_uring && !RUNNING_ON_VALGRIND;
}

static never_inline bool begin(void)
{
    if (!cas(&state, (uint32_t)RING_NEW, (uint32_t)RING_STARTING))
        return false;
    deadlock_service(1);
    if (wanted() && !fault(FAIL_THREAD) && task_start(keep, NULL) == 0)
        return false;
    deadlock_service(-1);
    st_release(&state, (uint32_t)RING_NONE);
    return false;
}

bool ring_there(void)
{
    uint32_t now = ld_acquire(&state);
    if (likely(now == RING_THERE))
        return true;
    return now == RING_NEW ? begin() : false;
}

void ring_push(struct file_job *job)
{
    static const uint64_t one = 1;
    struct file_job *top = ld_relaxed(&pushed);
    do {
        job->next = top;
    } while (!__atomic_compare_exchange_n(&pushed, &top, job, true, __ATOMIC_SEQ_CST,
                                          __ATOMIC_RELAXED)); /* W1 */
    if (ld_seq(&asleep) && xchg_seq(&asleep, 0u) && write(wake_fd, &one, sizeof one) < 0)
        bug("the file thread cannot be woken");
}
#endif

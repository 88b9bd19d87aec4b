/* SPDX-License-Identifier: MIT */
/* The table of records, who uses a number, and its end. */
#include "poll/waiters.h"

#include "base/options.h"
#include "os/epoll.h"
#include "os/mem.h"
#include "poll/poll.h"
#include "sched/entry.h"
#include "sched/io.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* 4 Mi numbers; the kernel's own limit is 1 Mi by default. */
enum { CHUNK = 1024, CHUNKS = 4096, RELAX_ROUNDS = 100 };

struct desc_closer {
    struct g *g;
    bool waits, done; /* d->lock */
    int result, err;  /* written before done */
};

static struct desc *chunks[CHUNKS]; /* atomic: NULL, then imm */

/* --- The table ------------------------------------------------------------------ */

static struct desc *make_chunk(int i)
{
    struct desc *c = fault(FAIL_MALLOC) ? NULL : mem_reserve(CHUNK * sizeof *c);
    if (!c)
        return NULL;
    for (int k = 0; k < CHUNK; k++) {
        c[k].fd = i * CHUNK + k;
        c[k].seq[DESC_READ] = c[k].seq[DESC_WRITE] = 1;
    }
    if (cas(&chunks[i], (struct desc *)NULL, c))
        return c;
    mem_release(c, CHUNK * sizeof *c);
    return ld_acquire(&chunks[i]);
}

struct desc *desc_at(int fd, int *err)
{
    if (unlikely(fd < 0 || fd >= CHUNK * CHUNKS)) {
        *err = EBADF;
        return NULL;
    }
    struct desc *c = ld_acquire(&chunks[fd / CHUNK]);
    if (unlikely(!c) && !(c = make_chunk(fd / CHUNK))) {
        *err = ENOMEM;
        return NULL;
    }
    return &c[fd % CHUNK];
}

void desc_each(void (*visit)(struct desc *d))
{
    for (int i = 0; i < CHUNKS; i++) {
        struct desc *c = ld_acquire(&chunks[i]);
        for (int k = 0; c && k < CHUNK; k++)
            visit(&c[k]);
    }
}

/* --- Calls under way ------------------------------------------------------------- */

/* FINAL is as long as a close(2). */
static void await_final(struct desc *d)
{
    for (unsigned round = 0; ld_acquire(&d->refs) & DESC_FINAL; round++) {
        if (round < RELAX_ROUNDS)
            cpu_relax();
        else
            sched_yield();
    }
}

struct desc *desc_hold(int fd, int *err)
{
    struct desc *d = desc_at(fd, err);
    if (unlikely(!d))
        return NULL;
    for (;;) {
        uint32_t refs = add_seq(&d->refs, 1u);
        if (likely(!(refs & DESC_CLOSING)))
            return d;
        desc_release(d);
        if (!(refs & DESC_FINAL)) {
            *err = EBADF;
            return NULL;
        }
        await_final(d);
    }
}

/* By number, as libc's may be one of ours; but a sanitizer that was told of the number must
 * be told of its end: it would take the next file of that number for the same one. */
__attribute__((weak)) void __sanitizer_syscall_pre_impl_close(long fd);
static int close_fd(int fd)
{
    if (__sanitizer_syscall_pre_impl_close)
        __sanitizer_syscall_pre_impl_close(fd);
    return (int)syscall(SYS_close, fd);
}

/* Forget what the number was; FINAL is ours.  true: the kernel's poller has it. */
static bool forget_number(struct desc *d, enum desc_kind *kind, struct desc_closer **closer)
{
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    bool registered = d->flags & DESC_REGISTERED;
    *kind = (enum desc_kind)ld_relaxed(&d->kind);
    *closer = d->closer;
    d->closer = NULL;
    d->gen++;
    st_relaxed(&d->flags, (uint8_t)0);
    st_relaxed(&d->kind, (uint8_t)DESC_UNKNOWN);
    st_relaxed(&d->refuses, (uint8_t)0);
    st_relaxed(&d->dry, 0u);
    assert(!d->q[DESC_READ].head_ && !d->q[DESC_WRITE].head_); /* F4 */
    deadlines_clear(d);
    spin_unlock(&d->lock);
    rt_exit(m);
    return registered;
}

/* A socket that lingers gives its number away at once and then takes its time.  So that
 * FINAL does not last as long, another number waits for that: -1 if there is none. */
static int lingering_copy(int fd, enum desc_kind kind)
{
    struct linger l = { 0, 0 };
    socklen_t size = sizeof l;
    if ((kind != DESC_TCP && kind != DESC_SOCKET) ||
        getsockopt(fd, SOL_SOCKET, SO_LINGER, &l, &size) < 0 || !l.l_onoff || l.l_linger == 0)
        return -1;
    return (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 0);
}

static void tell_closer(struct desc *d, struct desc_closer *c, int result, int err)
{
    struct g *waiting = NULL;
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    c->result = result;
    c->err = err;
    c->done = true;
    if (c->waits)
        waiting = c->g;
    spin_unlock(&d->lock);
    if (waiting)
        ready(m, waiting);
    rt_exit(m);
}

/* Nobody uses the number, and FINAL is ours. */
static void close_number(struct desc *d)
{
    enum desc_kind kind;
    struct desc_closer *closer;
    if (forget_number(d, &kind, &closer))
        epoll_remove(d->fd);
    int copy = lingering_copy(d->fd, kind), result = close_fd(d->fd), err = errno;
    /* The kernel may have given the number away again: who waits for FINAL may go on. */
    __atomic_fetch_and(&d->refs, ~DESC_NOT_OPEN, __ATOMIC_RELEASE);
    if (copy >= 0) {
        result = close_fd(copy);
        err = errno;
    }
    tell_closer(d, closer, result, err);
}

void desc_release(struct desc *d)
{
    if (likely(sub_seq(&d->refs, 1u) != DESC_CLOSING))
        return;
    if (cas(&d->refs, DESC_CLOSING, DESC_NOT_OPEN)) { /* else another came, and will leave */
        int saved = errno;
        close_number(d);
        errno = saved;
    }
}

/* --- Closing --------------------------------------------------------------------- */

static void pop_all(struct desc *d, uint8_t mode, struct go_waiter_ ***last)
{
    desc_pop(d, DESC_READ, mode, last);
    desc_pop(d, DESC_WRITE, mode, last);
}

static void await_closed(struct desc *d, struct desc_closer *c)
{
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    /* The number may name the next file by now; its record's lock is still the right one. */
    if (!c->done) {
        c->g = m->curg;
        c->waits = true;
        m = park(m, &d->lock.word, WAIT_IO);
    } else {
        spin_unlock(&d->lock);
    }
    rt_exit(m);
}

int desc_close(int fd)
{
    int err;
    struct desc_closer c = { 0 };
    struct go_waiter_ *woken = NULL, **last = &woken;
    struct desc *d = desc_hold(fd, &err);
    if (!d) {
        errno = err;
        return -1;
    }
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    bool first = !(__atomic_fetch_or(&d->refs, DESC_CLOSING, __ATOMIC_SEQ_CST) & DESC_CLOSING);
    if (first) {
        d->closer = &c;
        pop_all(d, DESC_CLOSED, &last);
    }
    spin_unlock(&d->lock);
    desc_wake(m, woken);
    rt_exit(m);
    desc_release(d);
    if (!first) {
        errno = EBADF;
        return -1;
    }
    await_closed(d, &c);
    errno = c.err;
    return c.result;
}

/* --- What it is ------------------------------------------------------------------ */

/* The record of a number that names another file than it knows of; lock held. */
static void start_anew(struct desc *d, enum desc_kind kind, struct go_waiter_ ***last)
{
    pop_all(d, DESC_CLOSED, last); /* they waited for the file before */
    d->gen++;
    st_relaxed(&d->flags, (uint8_t)0);
    st_relaxed(&d->refuses, (uint8_t)0);
    st_relaxed(&d->dry, 0u);
    st_relaxed(&d->kind, (uint8_t)kind);
    deadlines_clear(d);
}

static void become(struct desc *d, enum desc_kind kind)
{
    struct go_waiter_ *woken = NULL, **last = &woken;
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    start_anew(d, kind, &last);
    spin_unlock(&d->lock);
    desc_wake(m, woken);
    rt_exit(m);
}

void desc_new(int fd, enum desc_kind kind)
{
    int err;
    struct desc *d = desc_at(fd, &err);
    if (!d)
        return; /* its first use will say so */
    await_final(d);
    become(d, kind);
}

void desc_forget(struct desc *d)
{
    become(d, DESC_UNKNOWN);
}

static enum desc_kind kind_of_socket(int fd)
{
    int type = 0, protocol = 0;
    socklen_t size = sizeof type;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0 || type != SOCK_STREAM)
        return DESC_SOCKET;
    size = sizeof protocol;
    if (getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) < 0 || protocol != IPPROTO_TCP)
        return DESC_SOCKET;
    return DESC_TCP;
}

enum desc_kind desc_look(struct desc *d)
{
    struct stat st;
    enum desc_kind kind = DESC_OTHER;
    int saved = errno;
    if (fstat(d->fd, &st) < 0)
        kind = DESC_UNKNOWN; /* not open: the call itself will say so */
    else if (S_ISSOCK(st.st_mode))
        kind = kind_of_socket(d->fd);
    else if (S_ISFIFO(st.st_mode))
        kind = DESC_PIPE;
    else if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) || S_ISBLK(st.st_mode))
        kind = DESC_FILE;
    errno = saved;
    /* A late call may have looked at what had the number before desc_new told the kind. */
    if (!cas(&d->kind, (uint8_t)DESC_UNKNOWN, (uint8_t)kind))
        kind = (enum desc_kind)ld_relaxed(&d->kind);
    return kind;
}

/* SPDX-License-Identifier: MIT */
/* poll, select, epoll_wait: asked first without waiting, then waited for.
 *
 * A form that is given a mask of signals sets it for the thread while it waits.  That is
 * no more what the caller means once another goroutine is on the thread: he keeps it. */
#include "wait.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { MS = 1000000 };

static int64_t of_ms(int ms)
{
    return ms < 0 ? GO_FOREVER : wait_until((int64_t)ms * MS);
}

/* As the plain call wants it, when it has to wait after all. */
static int to_ms(int64_t deadline)
{
    if (deadline == GO_FOREVER)
        return -1;
    int64_t left = deadline - go_now();
    if (left <= 0)
        return 0;
    return left / MS >= INT32_MAX ? INT32_MAX : (int)((left + MS - 1) / MS);
}

static bool valid(const struct timespec *t)
{
    return t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < GO_SECOND;
}

static int64_t of_timespec(const struct timespec *t)
{
    return t ? wait_until(wait_ns(t->tv_sec, t->tv_nsec)) : GO_FOREVER;
}

/* --- poll ------------------------------------------------------------------------- */

static int poll_until(struct pollfd *fds, nfds_t n, int64_t deadline)
{
    int r = REAL(poll)(fds, n, 0);
    if (r != 0)
        return r;
    if (wait_here()) {
        r = go_poll_until(fds, n, deadline);
        if (r >= 0 || (errno != ENOMEM && errno != ENOSPC))
            return r;
    }
    return REAL(poll)(fds, n, to_ms(deadline));
}

HOOK(int, poll, struct pollfd *fds, nfds_t n, int ms)
{
    if (ms == 0 || !go_on_goroutine())
        return REAL(poll)(fds, n, ms);
    return poll_until(fds, n, of_ms(ms));
}

struct ppoll_call {
    struct pollfd *fds;
    nfds_t n;
    const struct timespec *t;
    const sigset_t *mask;
    int r;
};

static void do_ppoll(struct ppoll_call *c)
{
    c->r = REAL(ppoll)(c->fds, c->n, c->t, c->mask);
}

HOOK(int, ppoll, struct pollfd *fds, nfds_t n, const struct timespec *t, const sigset_t *mask)
{
    struct ppoll_call c = { fds, n, t, mask, -1 };
    if (!go_on_goroutine() || (t && (!valid(t) || (t->tv_sec == 0 && t->tv_nsec == 0))))
        do_ppoll(&c);
    else if (mask)
        go_block(do_ppoll, &c);
    else
        c.r = poll_until(fds, n, of_timespec(t));
    return c.r;
}

/* --- epoll ------------------------------------------------------------------------ */

/* An epoll instance is readable while there are events in it. */
static int epoll_until(int ep, struct epoll_event *events, int n, int64_t deadline)
{
    for (;;) {
        int r = REAL(epoll_wait)(ep, events, n, 0);
        if (r != 0)
            return r;
        int err = wait_here() ? go_wait_readable_until(ep, deadline) : -ENOSPC;
        if (err == -ETIMEDOUT && go_now() >= deadline)
            return 0;
        if (err == -EBADF || err == -ETIMEDOUT) {
            errno = -err;
            return -1;
        }
        if (err)
            return REAL(epoll_wait)(ep, events, n, to_ms(deadline));
    }
}

HOOK(int, epoll_wait, int ep, struct epoll_event *events, int n, int ms)
{
    if (ms == 0 || !go_on_goroutine())
        return REAL(epoll_wait)(ep, events, n, ms);
    return epoll_until(ep, events, n, of_ms(ms));
}

struct epoll_call {
    int ep, n, ms, r;
    struct epoll_event *events;
    const struct timespec *t;
    const sigset_t *mask;
};

static void do_epoll_pwait(struct epoll_call *c)
{
    c->r = REAL(epoll_pwait)(c->ep, c->events, c->n, c->ms, c->mask);
}

static void do_epoll_pwait2(struct epoll_call *c)
{
    c->r = REAL(epoll_pwait2)(c->ep, c->events, c->n, c->t, c->mask);
}

HOOK(int, epoll_pwait, int ep, struct epoll_event *events, int n, int ms, const sigset_t *mask)
{
    struct epoll_call c = { ep, n, ms, -1, events, NULL, mask };
    if (ms == 0 || !go_on_goroutine())
        do_epoll_pwait(&c);
    else if (mask)
        go_block(do_epoll_pwait, &c);
    else
        c.r = epoll_until(ep, events, n, of_ms(ms));
    return c.r;
}

HOOK(int, epoll_pwait2, int ep, struct epoll_event *events, int n, const struct timespec *t,
     const sigset_t *mask)
{
    struct epoll_call c = { ep, n, 0, -1, events, t, mask };
    if (!go_on_goroutine() || (t && (!valid(t) || (t->tv_sec == 0 && t->tv_nsec == 0))))
        do_epoll_pwait2(&c);
    else if (mask)
        go_block(do_epoll_pwait2, &c);
    else
        c.r = epoll_until(ep, events, n, of_timespec(t));
    return c.r;
}

/* --- The names of others -------------------------------------------------------------- */

void __chk_fail(void) __attribute__((noreturn));

HOOK_ALSO(int, __poll_chk, struct pollfd *fds, nfds_t n, int ms, size_t room)
{
    if (room / sizeof *fds < n)
        __chk_fail();
    return mine_poll(fds, n, ms);
}

HOOK_ALSO(int, __ppoll_chk, struct pollfd *fds, nfds_t n, const struct timespec *t,
          const sigset_t *mask, size_t room)
{
    if (room / sizeof *fds < n)
        __chk_fail();
    return mine_ppoll(fds, n, t, mask);
}

HOOK_ALSO(int, __poll, struct pollfd *fds, nfds_t n, int ms)
{
    return mine_poll(fds, n, ms);
}

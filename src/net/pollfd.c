/* SPDX-License-Identifier: MIT */
/* go_poll: poll(2) says what is ready; where nothing is, we wait until something happens
 * to one of them, and ask again.
 *
 * Nothing is lost between the question and the wait: how much has happened to each is
 * read before (desc_seen).  And nothing is asked without need: that there is something to
 * read, of which poll(2) was not asked, is no event, but was one. */
#include "net/several.h"
#include "net/sys.h"

#include "base/alloc.h"

#include <goroutine/fd.h>
#include <limits.h>

enum { FEW = 8 };

/* What the read side of a descriptor tells; errors come on both. */
enum { WRITES = POLLOUT | POLLWRNORM | POLLWRBAND, READS = POLLIN | POLLRDNORM | POLLRDBAND };

struct poll_call {
    struct pollfd *fds;
    nfds_t n;
    struct awaited *on; /* of fds with a number, each once or twice */
    int non;
};

static void wait_on(struct poll_call *c, struct desc *d, enum desc_side side)
{
    struct awaited *a = &c->on[c->non++];
    a->d = d;
    a->side = side;
}

static void release_all(struct poll_call *c)
{
    for (int i = 0; i < c->non; i++)
        desc_release(c->on[i].d);
}

static bool waits_to_write(const struct pollfd *p)
{
    return p->events & WRITES;
}
/* Also for errors alone. */
static bool waits_to_read(const struct pollfd *p)
{
    return !waits_to_write(p) || p->events & ~WRITES;
}

static int hold_side(struct poll_call *c, int fd, enum desc_side side)
{
    int err;
    struct desc *d = desc_hold(fd, &err);
    if (!d)
        return -err;
    wait_on(c, d, side);
    return 0;
}

/* 0, or -ENOMEM.  One that is being closed is not waited for: ask() finds it. */
static int hold_all(struct poll_call *c)
{
    for (nfds_t i = 0; i < c->n; i++) {
        const struct pollfd *p = &c->fds[i];
        int err = 0;
        if (p->fd < 0)
            continue;
        if (waits_to_read(p))
            err = hold_side(c, p->fd, DESC_READ);
        if (err == 0 && waits_to_write(p))
            err = hold_side(c, p->fd, DESC_WRITE);
        if (err == -ENOMEM)
            return err;
    }
    return 0;
}

/* What the descriptor would say, whatever the kernel does. */
static short events_of_ours(const struct pollfd *p)
{
    int err;
    struct desc *d = desc_hold(p->fd, &err);
    if (!d)
        return err == EBADF ? POLLNVAL : 0;
    int reads = waits_to_read(p) ? desc_begin(d, DESC_READ) : 0;
    int writes = waits_to_write(p) ? desc_begin(d, DESC_WRITE) : 0;
    desc_release(d);
    if (likely(!reads && !writes))
        return 0;
    if (reads == -EBADF || writes == -EBADF)
        return POLLNVAL;
    int wanted = p->events & ((reads ? READS : 0) | (writes ? WRITES : 0));
    return (short)(wanted ? wanted : POLLERR);
}

/* How many are ready, or a negative errno. */
static int ask(struct poll_call *c)
{
    int r = sys_poll(c->fds, c->n);
    if (r < 0)
        return r;
    for (nfds_t i = 0; i < c->n; i++) {
        struct pollfd *p = &c->fds[i];
        short more = p->fd < 0 ? 0 : events_of_ours(p);
        if (more && !p->revents)
            r++;
        p->revents |= more;
    }
    return r;
}

static int poll_waiting(struct poll_call *c, struct until u)
{
    for (;;) {
        for (int i = 0; i < c->non; i++)
            c->on[i].seen = desc_seen(c->on[i].d, c->on[i].side);
        int r = ask(c);
        if (r)
            return r;
        r = several_wait(c->on, c->non, u);
        if (r)
            return r;
    }
}

static int poll_held(struct poll_call *c, struct until u)
{
    int r = hold_all(c);
    if (r == 0)
        r = poll_waiting(c, u);
    release_all(c);
    return r;
}

/* Two waiters for each at most. */
static int poll_many(struct poll_call *c, struct until u)
{
    if (c->n > INT_MAX / 2)
        return -EINVAL;
    c->on = rt_calloc(2 * c->n, sizeof *c->on);
    if (!c->on)
        return -ENOMEM;
    int r = poll_held(c, u);
    free(c->on);
    return r;
}

static int poll_few(struct poll_call *c, struct until u)
{
    struct awaited on[2 * FEW];
    c->on = on;
    return poll_held(c, u);
}

/* Most polls find something, or do not want to wait. */
static int poll_until(struct pollfd *fds, nfds_t n, struct until u)
{
    struct poll_call c = { .fds = fds, .n = n };
    int r = ask(&c);
    if (r == 0 && u.deadline != 0)
        r = n <= FEW ? poll_few(&c, u) : poll_many(&c, u);
    return r;
}

int go_poll_until(struct pollfd *fds, nfds_t n, int64_t deadline)
{
    int r = poll_until(fds, n, until_time(deadline));
    return (int)sys_posix(r == -ETIMEDOUT ? 0 : r);
}

int go_poll_ctx(struct pollfd *fds, nfds_t n, go_context *ctx)
{
    return (int)sys_posix(poll_until(fds, n, until_context(ctx)));
}

int go_poll(struct pollfd *fds, nfds_t n, int timeout)
{
    const int64_t ms = 1000000;
    return go_poll_until(fds, n,
                         timeout < 0    ? INT64_MAX
                         : timeout == 0 ? 0
                                        : clock_now() + timeout * ms);
}

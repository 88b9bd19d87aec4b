/* SPDX-License-Identifier: MIT */
/* go_accept.  There is no accept that does not block on a socket that does: poll(2) is
 * asked first then, as in try.h. */
#include "net/try.h"

#include <goroutine/fd.h>

struct accept_call {
    struct sockaddr *addr;
    socklen_t *len;
    int flags;
};

/* A connection that is gone again is no reason to fail. */
static int accept_one(int fd, const struct accept_call *c)
{
    int r;
    do
        r = sys_accept4(fd, c->addr, c->len, c->flags);
    while (r == -ECONNABORTED);
    return r;
}

/* On one that does not listen, accept fails, and does not block. */
static bool listens(int fd)
{
    int yes = 1;
    socklen_t size = sizeof yes;
    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &size) == 0 && yes;
}

static ssize_t accept_blocking(struct desc *d, const struct accept_call *c)
{
    if (!listens(d->fd))
        return accept_one(d->fd, c);
    if (!try_enter(d, BUSY_READ))
        return IO_PAUSE;
    ssize_t r = sys_ready(d->fd, POLLIN);
    if (r > 0)
        r = sys_accept4(d->fd, c->addr, c->len, c->flags);
    else if (r == 0)
        r = IO_WAIT;
    try_leave(d, BUSY_READ);
    return r == -ECONNABORTED ? (ssize_t)IO_PAUSE : r;
}

static ssize_t try_accept(struct desc *d, void *arg)
{
    const struct accept_call *c = arg;
    int mode = sys_mode(d->fd);
    if (mode < 0)
        return mode;
    ssize_t r = mode & O_NONBLOCK ? io_again(accept_one(d->fd, c)) : accept_blocking(d, c);
    if (r >= 0) {
        enum desc_kind kind = desc_kind(d); /* of a listener, and so of what it accepts */
        desc_new((int)r, kind_socket(kind) ? kind : DESC_UNKNOWN);
    }
    return r;
}

static int accept_until(int fd, struct sockaddr *addr, socklen_t *len, int flags, struct until u)
{
    struct accept_call c = { addr, len, flags };
    return (int)sys_posix(io_call(fd, DESC_READ, u, try_accept, &c));
}

int go_accept(int fd, struct sockaddr *addr, socklen_t *len)
{
    return accept_until(fd, addr, len, SOCK_NONBLOCK | SOCK_CLOEXEC, until_forever());
}

int go_accept4(int fd, struct sockaddr *addr, socklen_t *len, int flags)
{
    return accept_until(fd, addr, len, flags, until_forever());
}

int go_accept_until(int fd, struct sockaddr *addr, socklen_t *len, int64_t deadline)
{
    return accept_until(fd, addr, len, SOCK_NONBLOCK | SOCK_CLOEXEC, until_time(deadline));
}

int go_accept_ctx(int fd, struct sockaddr *addr, socklen_t *len, go_context *ctx)
{
    return accept_until(fd, addr, len, SOCK_NONBLOCK | SOCK_CLOEXEC, until_context(ctx));
}

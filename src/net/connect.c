/* SPDX-License-Identifier: MIT */
/* go_connect: connect(2) is called until it says how it ended.
 *
 * The first call begins, later ones ask: EALREADY as long as the attempt goes on, then 0
 * or its error; so nothing depends on what woke us, and an attempt that a deadline left
 * alone is taken up again by the next go_connect.
 *
 * A socket in blocking mode is made non-blocking for the length of each call: there is no
 * other way, and nobody else can use it before it is connected.  One at a time does that
 * (BUSY_WRITE), so that the mode that is put back is the right one. */
#include "net/try.h"

#include <goroutine/fd.h>

struct connect_call {
    const struct sockaddr *addr;
    socklen_t len;
    bool begun; /* one call has said that it goes on */
};

static int connect_now(struct desc *d, const struct connect_call *c)
{
    int mode = sys_mode(d->fd);
    if (mode < 0)
        return mode;
    if (mode & O_NONBLOCK)
        return sys_connect(d->fd, c->addr, c->len);
    int r = sys_set_mode(d->fd, mode | O_NONBLOCK);
    if (r < 0)
        return r;
    r = sys_connect(d->fd, c->addr, c->len);
    (void)sys_set_mode(d->fd, mode);
    return r;
}

static bool is_unix(const struct connect_call *c)
{
    return c->addr && c->len >= sizeof c->addr->sa_family && c->addr->sa_family == AF_UNIX;
}

static ssize_t try_connect(struct desc *d, void *arg)
{
    struct connect_call *c = arg;
    if (!try_enter(d, BUSY_WRITE))
        return IO_PAUSE;
    int r = connect_now(d, c);
    try_leave(d, BUSY_WRITE);
    if (r == -EINPROGRESS || r == -EALREADY) {
        c->begun = true;
        return IO_WAIT;
    }
    if (r == -EAGAIN && is_unix(c)) /* the backlog is full: poll knows nothing of it */
        return IO_PAUSE;
    return r == -EISCONN && c->begun ? 0 : r;
}

static int connect_until(int fd, const struct sockaddr *addr, socklen_t len, struct until u)
{
    struct connect_call c = { addr, len, false };
    return (int)sys_posix(io_call(fd, DESC_WRITE, u, try_connect, &c));
}

int go_connect(int fd, const struct sockaddr *addr, socklen_t len)
{
    return connect_until(fd, addr, len, until_forever());
}

int go_connect_until(int fd, const struct sockaddr *addr, socklen_t len, int64_t deadline)
{
    return connect_until(fd, addr, len, until_time(deadline));
}

int go_connect_ctx(int fd, const struct sockaddr *addr, socklen_t len, go_context *ctx)
{
    return connect_until(fd, addr, len, until_context(ctx));
}

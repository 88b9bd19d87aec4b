/* SPDX-License-Identifier: MIT */
/* go_wait_readable, go_wait_writable; deadlines; go_close_fd. */
#include "net/call.h"

#include <goroutine/fd.h>

static ssize_t try_readable(struct desc *d, void *arg)
{
    (void)arg;
    ssize_t r = sys_ready(d->fd, POLLIN | POLLRDHUP);
    if (r > 0)
        desc_not_dry(d); /* its event may be on its way still */
    return r > 0 ? 0 : r < 0 ? r : (ssize_t)IO_WAIT;
}

static ssize_t try_writable(struct desc *d, void *arg)
{
    (void)arg;
    ssize_t r = sys_ready(d->fd, POLLOUT);
    return r > 0 ? 0 : r < 0 ? r : (ssize_t)IO_WAIT;
}

/* A stream that is known to be empty: the kernel is not asked, and an event is answer
 * enough.  1: it is not known. */
static ssize_t wait_dry(struct desc *d, struct until u)
{
    uint32_t seen = desc_seen(d, DESC_READ);
    if (!desc_dry(d) || (until_bounded(u) && until_over(u)))
        return 1;
    ssize_t r = desc_begin(d, DESC_READ);
    if (r == 0)
        r = desc_wait(d, DESC_READ, seen, u);
    return r == 0 && desc_seen(d, DESC_READ) == seen ? 1 : r;
}

static int wait_readable(int fd, struct until u)
{
    int err;
    struct desc *d = desc_hold(fd, &err);
    if (unlikely(!d))
        return -err;
    ssize_t r = wait_dry(d, u);
    if (r > 0)
        r = io_held(d, DESC_READ, u, try_readable, NULL);
    desc_release(d);
    return (int)r;
}

static int wait_writable(int fd, struct until u)
{
    return (int)io_call(fd, DESC_WRITE, u, try_writable, NULL);
}

int go_wait_readable(int fd)
{
    return wait_readable(fd, until_forever());
}

int go_wait_readable_until(int fd, int64_t deadline)
{
    return wait_readable(fd, until_time(deadline));
}

int go_wait_readable_ctx(int fd, go_context *ctx)
{
    return wait_readable(fd, until_context(ctx));
}

int go_wait_writable(int fd)
{
    return wait_writable(fd, until_forever());
}

int go_wait_writable_until(int fd, int64_t deadline)
{
    return wait_writable(fd, until_time(deadline));
}

int go_wait_writable_ctx(int fd, go_context *ctx)
{
    return wait_writable(fd, until_context(ctx));
}

/* The record of a number has deadlines also if nothing of that number is open. */
static int set_deadline(int fd, bool read, bool write, int64_t t)
{
    int err;
    struct desc *d = desc_hold(fd, &err);
    if (!d)
        return -err;
    bool open = desc_kind(d) != DESC_UNKNOWN;
    desc_release(d);
    return open ? desc_set_deadline(fd, read, write, t) : -EBADF;
}

int go_set_deadline(int fd, int64_t t)
{
    return set_deadline(fd, true, true, t);
}

int go_set_read_deadline(int fd, int64_t t)
{
    return set_deadline(fd, true, false, t);
}

int go_set_write_deadline(int fd, int64_t t)
{
    return set_deadline(fd, false, true, t);
}

int go_close_fd(int fd)
{
    return desc_close(fd);
}

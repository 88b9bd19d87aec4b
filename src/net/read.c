/* SPDX-License-Identifier: MIT */
/* go_read, go_readv. */
#include "net/try.h"

#include "net/vector.h"

#include <goroutine/fd.h>

/* A read of a stream that returns less than it asked for has emptied it: the next one
 * need not ask the kernel before it waits.  Only with no flags that make less of it. */
static inline void note_short(struct desc *d, uint32_t seen, ssize_t r, size_t n)
{
    if (r > 0 && (size_t)r < n)
        desc_note_dry(d, seen);
}

/* --- go_read -------------------------------------------------------------------------- */

struct read_call {
    void *buf;
    size_t n;
};

static ssize_t read_tcp(struct desc *d, void *buf, size_t n)
{
    if (desc_dry(d))
        return IO_DRY;
    uint32_t seen = desc_seen(d, DESC_READ);
    ssize_t r = sys_recvfrom(d->fd, buf, n, MSG_DONTWAIT, NULL, NULL);
    note_short(d, seen, r, n);
    return io_again(r);
}

static ssize_t read_other(struct desc *d, enum desc_kind kind, void *buf, size_t n)
{
    if (kind == DESC_FILE)
        return sys_read(d->fd, buf, n);
    return try_readv(d, &(struct iovec){ buf, n }, 1);
}

static always_inline ssize_t try_read(struct desc *d, void *arg)
{
    struct read_call *c = arg;
    for (;;) {
        enum desc_kind kind = desc_kind(d);
        ssize_t r;
        if (unlikely(!kind_socket(kind))) {
            r = read_other(d, kind, c->buf, c->n);
            if (likely(!file_stale(d, kind, r)))
                return r;
            continue;
        }
        if (unlikely(c->n == 0)) /* recv would take a datagram */
            return sys_read(d->fd, c->buf, 0);
        r = kind == DESC_TCP
                ? read_tcp(d, c->buf, c->n)
                : io_again(sys_recvfrom(d->fd, c->buf, c->n, MSG_DONTWAIT, NULL, NULL));
        if (likely(!io_stale(d, r)))
            return r;
    }
}

static always_inline ssize_t read_until(int fd, void *buf, size_t n, struct until u)
{
    struct read_call c = { buf, n };
    return sys_posix(io_call(fd, DESC_READ, u, try_read, &c));
}

ssize_t go_read(int fd, void *buf, size_t n)
{
    return read_until(fd, buf, n, until_forever());
}

ssize_t go_read_until(int fd, void *buf, size_t n, int64_t deadline)
{
    return read_until(fd, buf, n, until_time(deadline));
}

ssize_t go_read_ctx(int fd, void *buf, size_t n, go_context *ctx)
{
    return read_until(fd, buf, n, until_context(ctx));
}

/* --- go_readv ------------------------------------------------------------------------- */

struct readv_call {
    const struct iovec *iov;
    int n;
    size_t len;
};

static ssize_t readv_socket(struct desc *d, enum desc_kind kind, const struct readv_call *c)
{
    if (c->len == 0)
        return sys_readv(d->fd, c->iov, c->n);
    if (kind == DESC_TCP && desc_dry(d))
        return IO_DRY;
    uint32_t seen = desc_seen(d, DESC_READ);
    struct msghdr msg = { .msg_iov = (struct iovec *)c->iov, .msg_iovlen = (size_t)c->n };
    ssize_t r = sys_recvmsg(d->fd, &msg, MSG_DONTWAIT);
    if (kind == DESC_TCP)
        note_short(d, seen, r, c->len);
    return io_again(r);
}

static ssize_t try_readv_any(struct desc *d, void *arg)
{
    const struct readv_call *c = arg;
    for (;;) {
        enum desc_kind kind = desc_kind(d);
        if (kind != DESC_FILE && !kind_socket(kind))
            return try_readv(d, c->iov, c->n);
        ssize_t r = kind == DESC_FILE ? sys_readv(d->fd, c->iov, c->n) : readv_socket(d, kind, c);
        if (likely(!io_stale(d, r) && !file_stale(d, kind, r)))
            return r;
    }
}

ssize_t go_readv(int fd, const struct iovec *iov, int n)
{
    if (n < 0 || n > IOV_MAX) {
        errno = EINVAL;
        return -1;
    }
    struct readv_call c = { iov, n, vector_len(iov, n) };
    return sys_posix(
        c.len > SSIZE_MAX ? -EINVAL : io_call(fd, DESC_READ, until_forever(), try_readv_any, &c));
}

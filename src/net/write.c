/* SPDX-License-Identifier: MIT */
/* go_write, go_writev: all of it, as a write that blocks would.
 *
 * What has been done is kept beside the try, which goes on from there.  An error, or the
 * end of the wait, after something was written returns how much: the next call will meet
 * the same error, for a connection keeps it, and a deadline stays passed. */
#include "net/write.h"

#include "net/sendmsg.h"
#include "net/try.h"
#include "net/vector.h"

#include <goroutine/fd.h>

/* io_written - the result of a call that has done that much. */
static inline ssize_t io_written(ssize_t r, size_t done)
{
    return sys_posix(unlikely(r < 0) && done ? (ssize_t)done : r);
}

/* --- go_write ------------------------------------------------------------------------- */

struct write_call {
    const char *buf;
    size_t n, done;
};

ssize_t write_some(struct desc *d, const char *buf, size_t n)
{
    for (;;) {
        enum desc_kind kind = desc_kind(d);
        ssize_t r;
        if (unlikely(kind == DESC_FILE)) {
            r = sys_write(d->fd, buf, n);
            if (likely(!file_stale(d, kind, r)))
                return r;
            continue;
        }
        if (unlikely(kind == DESC_UNKNOWN))
            return -EBADF; /* by now it may be a socket: no call that raises SIGPIPE */
        if (unlikely(!kind_socket(kind)))
            return try_writev(d, &(struct iovec){ (char *)buf, n }, 1);
        r = sys_sendto(d->fd, buf, n, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0);
        if (unlikely(r == -EAGAIN))
            return send_later(d);
        if (likely(!io_stale(d, r)))
            return r;
    }
}

static always_inline ssize_t try_write(struct desc *d, void *arg)
{
    struct write_call *c = arg;
    ssize_t r;
    do {
        r = write_some(d, c->buf + c->done, c->n - c->done);
        if (unlikely(r < 0))
            return r;
        c->done += (size_t)r;
    } while (unlikely(c->done < c->n && r > 0));
    return (ssize_t)c->done;
}

static always_inline ssize_t write_until(int fd, const void *buf, size_t n, struct until u)
{
    struct write_call c = { buf, n, 0 };
    ssize_t r = io_call(fd, DESC_WRITE, u, try_write, &c);
    return io_written(r, c.done);
}

ssize_t go_write(int fd, const void *buf, size_t n)
{
    return write_until(fd, buf, n, until_forever());
}

ssize_t go_write_until(int fd, const void *buf, size_t n, int64_t deadline)
{
    return write_until(fd, buf, n, until_time(deadline));
}

ssize_t go_write_ctx(int fd, const void *buf, size_t n, go_context *ctx)
{
    return write_until(fd, buf, n, until_context(ctx));
}

/* --- go_writev ------------------------------------------------------------------------ */

struct writev_call {
    struct vector left;
    size_t len, done;
};

static ssize_t writev_some(struct desc *d, const struct iovec *iov, int n, size_t len)
{
    for (;;) {
        enum desc_kind kind = desc_kind(d);
        if (kind == DESC_FILE) {
            ssize_t r = sys_writev(d->fd, iov, n);
            if (likely(!file_stale(d, kind, r)))
                return r;
            continue;
        }
        if (kind == DESC_UNKNOWN)
            return -EBADF;
        if (!kind_socket(kind))
            return try_writev(d, iov, n);
        if (len == 0) /* sendmsg would send an empty datagram */
            return sys_writev(d->fd, iov, n);
        struct msghdr msg = { .msg_iov = (struct iovec *)iov, .msg_iovlen = (size_t)n };
        ssize_t r = sys_sendmsg(d->fd, &msg, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (r == -EAGAIN)
            return send_later(d);
        if (likely(!io_stale(d, r)))
            return r;
    }
}

/* All buffers at first, which a pipe takes whole or not if they are small; then some. */
static ssize_t writev_next(struct desc *d, const struct writev_call *c)
{
    struct iovec part[VECTOR_PART];
    size_t len = c->len - c->done;
    if (c->left.skip == 0)
        return writev_some(d, c->left.iov, c->left.n, len);
    return writev_some(d, part, vector_part(&c->left, part, SSIZE_MAX), len);
}

static ssize_t try_writev_all(struct desc *d, void *arg)
{
    struct writev_call *c = arg;
    ssize_t r;
    do {
        r = writev_next(d, c);
        if (r < 0)
            return r;
        c->done += (size_t)r;
        vector_advance(&c->left, (size_t)r);
    } while (c->done < c->len && r > 0);
    return (ssize_t)c->done;
}

ssize_t go_writev(int fd, const struct iovec *iov, int n)
{
    if (n < 0 || n > IOV_MAX) {
        errno = EINVAL;
        return -1;
    }
    struct writev_call c = { { iov, n, 0 }, vector_len(iov, n), 0 };
    if (c.len > SSIZE_MAX) {
        errno = EINVAL;
        return -1;
    }
    ssize_t r = io_call(fd, DESC_WRITE, until_forever(), try_writev_all, &c);
    return io_written(r, c.done);
}

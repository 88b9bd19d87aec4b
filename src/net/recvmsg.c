/* SPDX-License-Identifier: MIT */
/* go_recvfrom, go_recvmsg. */
#include "net/try.h"
#include "net/vector.h"

#include <goroutine/fd.h>

/* These never wait: the kernel returns EAGAIN whatever the mode. */
enum { NEVER_WAITS = MSG_DONTWAIT | MSG_OOB | MSG_ERRQUEUE };

/* --- go_recvfrom ---------------------------------------------------------------------- */

struct recv_call {
    void *buf;
    size_t n;
    int flags;
    struct sockaddr *addr;
    socklen_t *len;
};

/* As go_read: see there for what a short one tells. */
static ssize_t try_recv(struct desc *d, void *arg)
{
    const struct recv_call *c = arg;
    bool plain = c->flags == 0 && desc_kind(d) == DESC_TCP;
    if (plain && desc_dry(d))
        return IO_DRY;
    uint32_t seen = desc_seen(d, DESC_READ);
    ssize_t r = sys_recvfrom(d->fd, c->buf, c->n, c->flags | MSG_DONTWAIT, c->addr, c->len);
    if (plain && r > 0 && (size_t)r < c->n)
        desc_note_dry(d, seen);
    return c->flags & NEVER_WAITS ? r : io_again(r);
}

ssize_t go_recvfrom(int fd, void *buf, size_t n, int flags, struct sockaddr *addr, socklen_t *len)
{
    if (flags & MSG_WAITALL) {
        struct iovec iov = { buf, n };
        struct msghdr msg = { .msg_name = addr,
                              .msg_namelen = addr && len ? *len : 0,
                              .msg_iov = &iov,
                              .msg_iovlen = 1 };
        ssize_t r = go_recvmsg(fd, &msg, flags);
        if (r >= 0 && addr && len)
            *len = msg.msg_namelen;
        return r;
    }
    struct recv_call c = { buf, n, flags, addr, len };
    return sys_posix(io_call(fd, DESC_READ, until_forever(), try_recv, &c));
}

/* --- go_recvmsg ----------------------------------------------------------------------- */

struct recvmsg_call {
    struct msghdr *msg;
    int flags;
    bool all; /* MSG_WAITALL, of a stream */
    struct vector left;
    size_t len, done;
    size_t control; /* room for it */
};

static bool is_stream(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

/* Control data ends what one call receives: descriptors come with the bytes they were sent
 * with.  Until some has come, the room for it is offered again. */
static ssize_t recv_rest(struct desc *d, struct recvmsg_call *c)
{
    struct iovec part[VECTOR_PART];
    struct msghdr msg = { .msg_iov = part,
                          .msg_control = c->msg->msg_control,
                          .msg_controllen = c->control };
    msg.msg_iovlen = (size_t)vector_part(&c->left, part, SSIZE_MAX);
    ssize_t r = sys_recvmsg(d->fd, &msg, (c->flags & ~MSG_WAITALL) | MSG_DONTWAIT);
    if (r >= 0) {
        c->msg->msg_controllen = msg.msg_controllen;
        c->msg->msg_flags |= msg.msg_flags;
    }
    return r;
}

static ssize_t recv_first(struct desc *d, struct recvmsg_call *c)
{
    return sys_recvmsg(d->fd, c->msg, (c->flags & ~MSG_WAITALL) | MSG_DONTWAIT);
}

static ssize_t try_recv_all(struct desc *d, void *arg)
{
    struct recvmsg_call *c = arg;
    do {
        ssize_t r = c->done ? recv_rest(d, c) : recv_first(d, c);
        if (r < 0)
            return io_again(r);
        c->done += (size_t)r;
        if (r == 0)
            break;
        vector_advance(&c->left, (size_t)r);
    } while (c->done < c->len && !(c->control && c->msg->msg_controllen));
    return (ssize_t)c->done;
}

/* Looks at all that is there, each time, until it is enough or there will be no more. */
static ssize_t try_peek_all(struct desc *d, void *arg)
{
    struct recvmsg_call *c = arg;
    socklen_t name = c->msg->msg_namelen;
    ssize_t r = recv_first(d, c);
    if (r <= 0 || (size_t)r >= c->len || sys_ready(d->fd, POLLRDHUP) != 0)
        return io_again(r);
    c->msg->msg_namelen = name;
    c->msg->msg_controllen = c->control;
    return IO_WAIT;
}

static ssize_t try_recvmsg(struct desc *d, void *arg)
{
    const struct recvmsg_call *c = arg;
    ssize_t r = sys_recvmsg(d->fd, c->msg, c->flags | MSG_DONTWAIT);
    return c->flags & NEVER_WAITS ? r : io_again(r);
}

/* A size_t in a msghdr, int for readv: what the kernel takes is 1024 at most. */
static int vector_count(const struct msghdr *msg)
{
    return msg->msg_iovlen > IOV_MAX ? IOV_MAX : (int)msg->msg_iovlen;
}

ssize_t go_recvmsg(int fd, struct msghdr *msg, int flags)
{
    struct recvmsg_call c = { .msg = msg, .flags = flags, .control = msg->msg_controllen };
    io_try *attempt = try_recvmsg;
    if (flags & MSG_WAITALL && !(flags & NEVER_WAITS) && is_stream(fd)) {
        c.left = (struct vector){ msg->msg_iov, vector_count(msg), 0 };
        c.len = vector_len(msg->msg_iov, c.left.n);
        attempt = flags & MSG_PEEK ? try_peek_all : try_recv_all;
    }
    ssize_t r = io_call(fd, DESC_READ, until_forever(), attempt, &c);
    return sys_posix(r < 0 && c.done ? (ssize_t)c.done : r);
}

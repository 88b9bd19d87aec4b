/* SPDX-License-Identifier: MIT */
/* go_sendto, go_sendmsg: on a stream all of it, as a send that blocks would. */
#include "net/sendmsg.h"

#include "net/try.h"
#include "net/vector.h"

#include <goroutine/fd.h>

ssize_t send_later(struct desc *d)
{
    if (likely(desc_kind(d) == DESC_TCP))
        return IO_WAIT;
    ssize_t ready = sys_ready(d->fd, POLLOUT);
    return ready < 0 ? ready : ready & POLLOUT ? (ssize_t)IO_PAUSE : (ssize_t)IO_WAIT;
}

struct send_call {
    const struct msghdr *msg;
    struct vector left;
    size_t len, done;
    int flags;
    bool once; /* MSG_DONTWAIT is the caller's own: do not wait */
};

/* The rest of a stream: what goes with the first byte has gone. */
static ssize_t send_rest(struct desc *d, const struct send_call *c)
{
    struct iovec part[VECTOR_PART];
    struct msghdr msg = { .msg_iov = part };
    msg.msg_iovlen = (size_t)vector_part(&c->left, part, SSIZE_MAX);
    return sys_sendmsg(d->fd, &msg, c->flags & ~MSG_FASTOPEN);
}

static ssize_t try_send(struct desc *d, void *arg)
{
    struct send_call *c = arg;
    ssize_t r;
    do {
        r = c->done ? send_rest(d, c) : sys_sendmsg(d->fd, c->msg, c->flags);
        if (r == -EAGAIN && !c->once)
            return send_later(d);
        if (r < 0)
            return r;
        c->done += (size_t)r;
        vector_advance(&c->left, (size_t)r);
    } while (c->done < c->len && r > 0 && !c->once); /* a datagram is sent whole */
    return (ssize_t)c->done;
}

ssize_t go_sendmsg(int fd, const struct msghdr *msg, int flags)
{
    int n = msg->msg_iovlen > IOV_MAX ? IOV_MAX : (int)msg->msg_iovlen; /* the kernel objects */
    struct send_call c = { .msg = msg,
                           .left = { msg->msg_iov, n, 0 },
                           .len = vector_len(msg->msg_iov, n),
                           .flags = flags | MSG_DONTWAIT | MSG_NOSIGNAL,
                           .once = flags & MSG_DONTWAIT };
    ssize_t r = io_call(fd, DESC_WRITE, until_forever(), try_send, &c);
    return sys_posix(r < 0 && c.done ? (ssize_t)c.done : r);
}

ssize_t go_sendto(int fd, const void *buf, size_t n, int flags, const struct sockaddr *addr,
                  socklen_t len)
{
    struct iovec iov = { (void *)buf, n };
    struct msghdr msg = {
        .msg_name = (void *)addr, .msg_namelen = len, .msg_iov = &iov, .msg_iovlen = 1
    };
    return go_sendmsg(fd, &msg, flags);
}

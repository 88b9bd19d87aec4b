/* SPDX-License-Identifier: MIT */
/* Sending to sockets.  In blocking mode the kernel sends all of a stream's bytes before it
 * returns; tried with MSG_DONTWAIT it sends what there is room for, and the rest follows.
 *
 * Once some have gone, an error does not show before the next call, nor does SIGPIPE. */
#include "sockets.h"

#include <stdlib.h>
#include <string.h>

/* Urgent data marks the last byte of each piece, the others count pieces: not to be cut.
 * Rare enough for a thread to wait. */
#ifndef MSG_ZEROCOPY
#define MSG_ZEROCOPY 0x4000000
#endif

static bool passes(int flags)
{
    return (flags & (MSG_DONTWAIT | MSG_OOB | MSG_ZEROCOPY | MSG_FASTOPEN)) || !go_on_goroutine();
}

/* --- Pieces ----------------------------------------------------------------------- */

size_t pieces_total(const struct iovec *v, size_t n)
{
    size_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += v[i].iov_len;
    return total;
}

void pieces_copy(struct pieces *p, const struct iovec *v, size_t n)
{
    p->n = n;
    p->v = n <= sizeof p->few / sizeof p->few[0] ? p->few : malloc(n * sizeof *v);
    if (p->v)
        memcpy(p->v, v, n * sizeof *v);
}

void pieces_skip(struct pieces *p, size_t bytes)
{
    size_t i = 0;
    for (; i < p->n && bytes >= p->v[i].iov_len; i++)
        bytes -= p->v[i].iov_len;
    p->n -= i;
    memmove(p->v, p->v + i, p->n * sizeof *p->v);
    if (bytes) {
        p->v[0].iov_base = (char *)p->v[0].iov_base + bytes;
        p->v[0].iov_len -= bytes;
    }
}

void pieces_free(struct pieces *p)
{
    if (p->v != p->few)
        free(p->v);
}

/* --- The rest --------------------------------------------------------------------- */

static ssize_t send_some(int fd, const struct msghdr *m, int flags, bool more)
{
    if (more && wait_broken(fd)) {
        errno = EIO;
        return -1;
    }
    return REAL(sendmsg)(fd, m, flags | MSG_DONTWAIT);
}

/* The control data goes with the first bytes, once. */
static ssize_t send_more(struct wait *w, struct msghdr *m, int flags, bool more)
{
    if (more) {
        m->msg_control = NULL;
        m->msg_controllen = 0;
        flags |= MSG_NOSIGNAL;
    }
    return WAIT_WHILE_EAGAIN(w, send_some(w->fd, m, flags, more), REAL(sendmsg)(w->fd, m, flags));
}

/* m->msg_iov is p's.  done bytes of total have gone. */
static ssize_t send_rest(int fd, struct msghdr *m, struct pieces *p, int flags, size_t done,
                         size_t total)
{
    struct wait w = wait_for(fd, SIDE_WRITE);
    size_t fresh = done;
    while (done < total || !done) {
        pieces_skip(p, fresh);
        m->msg_iov = p->v;
        m->msg_iovlen = p->n;
        ssize_t r = send_more(&w, m, flags, done > 0);
        if (r < 0 && !done)
            return -1;
        if (r <= 0)
            break;
        fresh = (size_t)r;
        done += fresh;
    }
    return (ssize_t)done;
}

/* What follows on a first try that returned r, with m whole. */
static ssize_t finish(int fd, const struct msghdr *m, int flags, ssize_t r)
{
    size_t total = pieces_total(m->msg_iov, m->msg_iovlen);
    if (r < 0 ? !would_block() : (size_t)r >= total)
        return r;
    struct msghdr mine = *m;
    struct pieces p;
    pieces_copy(&p, m->msg_iov, m->msg_iovlen);
    if (!p.v) {
        errno = ENOBUFS;
        return r;
    }
    r = send_rest(fd, &mine, &p, flags, r < 0 ? 0 : (size_t)r, total);
    int saved = errno;
    pieces_free(&p);
    errno = saved;
    return r;
}

static ssize_t send_one(int fd, const void *buf, size_t n, int flags, const struct sockaddr *to,
                        socklen_t len, ssize_t r)
{
    struct iovec v = { (void *)(uintptr_t)buf, n };
    struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1 };
    m.msg_name = (void *)(uintptr_t)to;
    m.msg_namelen = len;
    return finish(fd, &m, flags, r);
}

/* --- The calls -------------------------------------------------------------------- */

ssize_t socket_send(int fd, const void *buf, size_t n, int flags)
{
    ssize_t r = REAL(send)(fd, buf, n, flags | MSG_DONTWAIT);
    if (r == (ssize_t)n || (r < 0 && !would_block()))
        return r;
    return send_one(fd, buf, n, flags, NULL, 0, r);
}

ssize_t socket_sendmsg(int fd, const struct msghdr *m, int flags)
{
    return finish(fd, m, flags, REAL(sendmsg)(fd, m, flags | MSG_DONTWAIT));
}

HOOK(ssize_t, send, int fd, const void *buf, size_t n, int flags)
{
    if (passes(flags))
        return REAL(send)(fd, buf, n, flags);
    return socket_send(fd, buf, n, flags);
}

HOOK(ssize_t, sendto, int fd, const void *buf, size_t n, int flags, const struct sockaddr *to,
     socklen_t len)
{
    if (passes(flags))
        return REAL(sendto)(fd, buf, n, flags, to, len);
    ssize_t r = REAL(sendto)(fd, buf, n, flags | MSG_DONTWAIT, to, len);
    if (r == (ssize_t)n || (r < 0 && !would_block()))
        return r;
    return send_one(fd, buf, n, flags, to, len, r);
}

HOOK(ssize_t, sendmsg, int fd, const struct msghdr *m, int flags)
{
    if (passes(flags))
        return REAL(sendmsg)(fd, m, flags);
    return socket_sendmsg(fd, m, flags);
}

/* The last message that went may be the first part of one. */
static bool finish_last(int fd, struct mmsghdr *v, int flags)
{
    size_t total = pieces_total(v->msg_hdr.msg_iov, v->msg_hdr.msg_iovlen);
    if (v->msg_len >= total)
        return true;
    v->msg_len = (unsigned)finish(fd, &v->msg_hdr, flags, (ssize_t)v->msg_len);
    return v->msg_len >= total;
}

HOOK(int, sendmmsg, int fd, struct mmsghdr *v, unsigned n, int flags)
{
    if (passes(flags) || n == 0)
        return REAL(sendmmsg)(fd, v, n, flags);
    unsigned sent = 0;
    while (sent < n && !(sent && wait_broken(fd))) {
        struct wait w = wait_for(fd, SIDE_WRITE);
        int r = WAIT_WHILE_EAGAIN(&w, REAL(sendmmsg)(fd, v + sent, n - sent, flags | MSG_DONTWAIT),
                                  REAL(sendmmsg)(fd, v + sent, n - sent, flags));
        if (r < 0 && !sent)
            return -1;
        if (r <= 0)
            break;
        sent += (unsigned)r;
        if (!finish_last(fd, &v[sent - 1], flags))
            break;
    }
    return (int)sent;
}

HOOK_ALSO(ssize_t, __send, int fd, const void *buf, size_t n, int flags)
{
    return mine_send(fd, buf, n, flags);
}

HOOK_ALSO(int, __sendmmsg, int fd, struct mmsghdr *v, unsigned n, int flags)
{
    return mine_sendmmsg(fd, v, n, flags);
}

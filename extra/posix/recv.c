/* SPDX-License-Identifier: MIT */
/* Receiving from sockets.  MSG_DONTWAIT makes the try, whatever the descriptor's mode. */
#include "sockets.h"

/* These never wait, but for errors of a Unix socket, which has none: then a thread does. */
static bool passes(int flags)
{
    return (flags & (MSG_DONTWAIT | MSG_ERRQUEUE | MSG_OOB)) || !go_on_goroutine();
}

static bool is_stream(int fd)
{
    int type = 0;
    socklen_t size = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

/* MSG_WAITALL on a stream: until there are n bytes, the end, an error, or the time limit.
 * What has come already is returned first: an error stays for the next call. */
static ssize_t recv_some(int fd, char *p, size_t n, int flags, bool more)
{
    if (more && wait_broken(fd)) {
        errno = EIO;
        return -1;
    }
    return REAL(recv)(fd, p, n, flags | MSG_DONTWAIT);
}

static ssize_t recv_all(int fd, char *p, size_t n, int flags)
{
    struct wait w = wait_for(fd, SIDE_READ);
    size_t got = 0;
    while (got < n) {
        ssize_t r = WAIT_WHILE_EAGAIN(&w, recv_some(fd, p + got, n - got, flags, got > 0),
                                      REAL(recv)(fd, p + got, n - got, flags));
        if (r < 0 && !got)
            return -1;
        if (r <= 0)
            break;
        got += (size_t)r;
    }
    return (ssize_t)got;
}

/* A peek leaves what has come where it is, so that nobody can tell when there is more:
 * once there is something, a thread waits for the rest.  recvmsg(MSG_WAITALL) too. */
static bool until_something(int fd, struct wait *w)
{
    while (!wait_ready(fd, SIDE_READ))
        if (!wait_more(w))
            return w->block;
    return true;
}

ssize_t socket_recv(int fd, void *buf, size_t n, int flags)
{
    struct wait w = wait_for(fd, SIDE_READ);
    return WAIT_WHILE_EAGAIN(&w, REAL(recv)(fd, buf, n, flags | MSG_DONTWAIT),
                             REAL(recv)(fd, buf, n, flags));
}

HOOK(ssize_t, recv, int fd, void *buf, size_t n, int flags)
{
    if (passes(flags))
        return REAL(recv)(fd, buf, n, flags);
    if (!(flags & MSG_WAITALL) || n == 0 || !is_stream(fd))
        return socket_recv(fd, buf, n, flags & ~MSG_WAITALL);
    if (!(flags & MSG_PEEK))
        return recv_all(fd, buf, n, flags);
    struct wait w = wait_for(fd, SIDE_READ);
    return until_something(fd, &w) ? REAL(recv)(fd, buf, n, flags) : -1;
}

HOOK(ssize_t, recvfrom, int fd, void *buf, size_t n, int flags, struct sockaddr *from,
     socklen_t *len)
{
    if (passes(flags))
        return REAL(recvfrom)(fd, buf, n, flags, from, len);
    if (!from || ((flags & MSG_WAITALL) && is_stream(fd))) {
        if (from && len)
            *len = 0; /* a stream tells no address */
        return mine_recv(fd, buf, n, flags);
    }
    struct wait w = wait_for(fd, SIDE_READ);
    return WAIT_WHILE_EAGAIN(&w, REAL(recvfrom)(fd, buf, n, flags | MSG_DONTWAIT, from, len),
                             REAL(recvfrom)(fd, buf, n, flags, from, len));
}

ssize_t socket_recvmsg(int fd, struct msghdr *m, int flags)
{
    struct wait w = wait_for(fd, SIDE_READ);
    return WAIT_WHILE_EAGAIN(&w, REAL(recvmsg)(fd, m, flags | MSG_DONTWAIT),
                             REAL(recvmsg)(fd, m, flags));
}

HOOK(ssize_t, recvmsg, int fd, struct msghdr *m, int flags)
{
    if (passes(flags))
        return REAL(recvmsg)(fd, m, flags);
    if (!(flags & MSG_WAITALL) || !is_stream(fd))
        return socket_recvmsg(fd, m, flags & ~MSG_WAITALL);
    struct wait w = wait_for(fd, SIDE_READ);
    return until_something(fd, &w) ? REAL(recvmsg)(fd, m, flags) : -1;
}

/* Until there are n messages; with MSG_WAITFORONE, one.  The time that may be given is
 * looked at after each message only: whoever gives one has a thread wait. */
HOOK(int, recvmmsg, int fd, struct mmsghdr *v, unsigned n, int flags, struct timespec *t)
{
    if (passes(flags) || t || n == 0)
        return REAL(recvmmsg)(fd, v, n, flags, t);
    int first = (flags & ~MSG_WAITFORONE) | MSG_DONTWAIT;
    unsigned got = 0;
    while (got < n && !(got && ((flags & MSG_WAITFORONE) || wait_broken(fd)))) {
        struct wait w = wait_for(fd, SIDE_READ);
        int r = WAIT_WHILE_EAGAIN(&w, REAL(recvmmsg)(fd, v + got, n - got, first, NULL),
                                  REAL(recvmmsg)(fd, v + got, n - got, flags, NULL));
        if (r < 0 && !got)
            return -1;
        if (r <= 0)
            break;
        got += (unsigned)r;
    }
    return (int)got;
}

/* --- The names that a fortified program calls ---------------------------------------- */

void __chk_fail(void) __attribute__((noreturn));

HOOK_ALSO(ssize_t, __recv_chk, int fd, void *buf, size_t n, size_t room, int flags)
{
    if (n > room)
        __chk_fail();
    return mine_recv(fd, buf, n, flags);
}

HOOK_ALSO(ssize_t, __recvfrom_chk, int fd, void *buf, size_t n, size_t room, int flags,
          struct sockaddr *from, socklen_t *len)
{
    if (n > room)
        __chk_fail();
    return mine_recvfrom(fd, buf, n, flags, from, len);
}

HOOK_ALSO(ssize_t, __recv, int fd, void *buf, size_t n, int flags)
{
    return mine_recv(fd, buf, n, flags);
}

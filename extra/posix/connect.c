/* SPDX-License-Identifier: MIT */
/* accept, connect, close. */
#include "wait.h"

/* --- accept ----------------------------------------------------------------------- */

/* There is no way to try: poll(2) is asked, and who then is a hair too late has his
 * thread wait.  A listener in O_NONBLOCK says EAGAIN itself. */
static bool until_somebody(int fd)
{
    struct wait w = wait_for(fd, SIDE_READ);
    while (!wait_ready(fd, SIDE_READ))
        if (!wait_more(&w))
            return w.block;
    return true;
}

HOOK(int, accept, int fd, struct sockaddr *from, socklen_t *len)
{
    if (go_on_goroutine() && !until_somebody(fd))
        return -1;
    return REAL(accept)(fd, from, len);
}

HOOK(int, accept4, int fd, struct sockaddr *from, socklen_t *len, int flags)
{
    if (go_on_goroutine() && !until_somebody(fd))
        return -1;
    return REAL(accept4)(fd, from, len, flags);
}

/* --- connect ---------------------------------------------------------------------- */

/* Only the descriptor's mode makes a try of connect: for the length of one call. */
static int connect_try(int fd, int mode, const struct sockaddr *to, socklen_t len)
{
    REAL(fcntl)(fd, F_SETFL, mode | O_NONBLOCK);
    int r = REAL(connect)(fd, to, len), saved = errno;
    REAL(fcntl)(fd, F_SETFL, mode);
    errno = saved;
    return r;
}

/* It is under way, since now or before.  The same call again says how it went, to the
 * kernel's bookkeeping too, and does not block any more. */
static int connect_finish(int fd, struct wait *w, const struct sockaddr *to, socklen_t len)
{
    w->timed_out = errno;
    while (!wait_ready(fd, SIDE_WRITE))
        if (!wait_more(w)) {
            if (w->block)
                break;
            return -1;
        }
    int r = REAL(connect)(fd, to, len);
    return r < 0 && errno == EISCONN ? 0 : r;
}

/* The listener's backlog is full, of a Unix socket: nobody tells when there is room. */
static int connect_again(int fd, int mode, const struct sockaddr *to, socklen_t len)
{
    struct timeval t = { 0, 0 };
    socklen_t size = sizeof t;
    int64_t pause = 0, deadline = GO_FOREVER;
    if (getsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &t, &size) == 0 && (t.tv_sec || t.tv_usec))
        deadline = wait_until(wait_ns(t.tv_sec, t.tv_usec * GO_MICROSECOND));
    while (wait_pause(&pause, deadline)) {
        int r = connect_try(fd, mode, to, len);
        if (r == 0 || !would_block())
            return r;
    }
    errno = EAGAIN;
    return -1;
}

HOOK(int, connect, int fd, const struct sockaddr *to, socklen_t len)
{
    if (!go_on_goroutine())
        return REAL(connect)(fd, to, len);
    int mode = REAL(fcntl)(fd, F_GETFL);
    if (mode < 0 || (mode & O_NONBLOCK) || !wait_here())
        return REAL(connect)(fd, to, len);
    int r = connect_try(fd, mode, to, len);
    if (r == 0)
        return 0;
    struct wait w = wait_for(fd, SIDE_WRITE);
    if (errno == EINPROGRESS || errno == EALREADY)
        return connect_finish(fd, &w, to, len);
    return would_block() ? connect_again(fd, mode, to, len) : r;
}

/* --- close ------------------------------------------------------------------------ */

/* On threads that are not ours nobody is woken: the library finds out for itself. */
HOOK(int, close, int fd)
{
    if (!go_on_goroutine() || !wait_here())
        return REAL(close)(fd);
    return go_close_fd(fd);
}

HOOK_ALSO(int, __connect, int fd, const struct sockaddr *to, socklen_t len)
{
    return mine_connect(fd, to, len);
}

HOOK_ALSO(int, __close, int fd)
{
    return mine_close(fd);
}

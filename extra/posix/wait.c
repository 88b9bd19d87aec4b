/* SPDX-License-Identifier: MIT */
#include "wait.h"

#include <sys/time.h>

enum { PAUSE_FIRST = 100000, PAUSE_LAST = 5000000 }; /* ns */

static pid_t home; /* imm once the library is loaded */

void wait_home(void)
{
    home = getpid();
}

bool wait_here(void)
{
    return getpid() == home;
}

bool wait_ready(int fd, enum side side)
{
    struct pollfd p = { fd, side == SIDE_READ ? POLLIN : POLLOUT, 0 };
    int saved = errno;
    int n = REAL(poll)(&p, 1, 0);
    errno = saved;
    return n != 0;
}

bool wait_broken(int fd)
{
    struct pollfd p = { fd, 0, 0 };
    int saved = errno;
    int n = REAL(poll)(&p, 1, 0);
    errno = saved;
    return n != 0 && (p.revents & (POLLERR | POLLNVAL));
}

/* --- Times ------------------------------------------------------------------------ */

int64_t wait_ns(time_t s, int64_t ns)
{
    if (s >= GO_FOREVER / GO_SECOND)
        return GO_FOREVER;
    return s * GO_SECOND + ns;
}

int64_t wait_until(int64_t span)
{
    int64_t now = go_now();
    return span >= GO_FOREVER - now ? GO_FOREVER : now + span;
}

bool wait_pause(int64_t *pause, int64_t deadline)
{
    int64_t now = go_now(), until;
    if (now >= deadline)
        return false;
    *pause = *pause == 0 ? PAUSE_FIRST : *pause * 2;
    if (*pause > PAUSE_LAST)
        *pause = PAUSE_LAST;
    until = now + *pause;
    go_sleep_until(until < deadline ? until : deadline);
    return true;
}

/* --- Waiting ---------------------------------------------------------------------- */

/* Not a socket, or no limit: for ever. */
static int64_t limit_of(int fd, enum side side)
{
    struct timeval t = { 0, 0 };
    socklen_t size = sizeof t;
    int option = side == SIDE_READ ? SO_RCVTIMEO : SO_SNDTIMEO;
    if (getsockopt(fd, SOL_SOCKET, option, &t, &size) < 0 || (t.tv_sec == 0 && t.tv_usec == 0))
        return GO_FOREVER;
    return wait_until(wait_ns(t.tv_sec, t.tv_usec * GO_MICROSECOND));
}

/* false: do not wait. */
static bool begin(struct wait *w)
{
    int mode = REAL(fcntl)(w->fd, F_GETFL);
    w->begun = true;
    if (mode < 0)
        return false;
    if (mode & O_NONBLOCK) {
        errno = EAGAIN;
        return false;
    }
    if (!wait_here()) {
        w->block = true;
        return false;
    }
    w->deadline = limit_of(w->fd, w->side);
    return true;
}

bool wait_more(struct wait *w)
{
    if (!w->begun && !begin(w))
        return false;
    int err = w->side == SIDE_READ ? go_wait_readable_until(w->fd, w->deadline)
                                   : go_wait_writable_until(w->fd, w->deadline);
    switch (err) {
    case 0:
        return true;
    case -ETIMEDOUT: /* ours, or one that go_set_deadline has set */
        errno = w->deadline != GO_FOREVER && go_now() >= w->deadline ? w->timed_out : ETIMEDOUT;
        return false;
    case -EBADF:
        errno = EBADF;
        return false;
    default: /* the poller has no room for it: a thread waits, as ever */
        w->block = true;
        return false;
    }
}

/* SPDX-License-Identifier: MIT */
/* By system call, not by libc's functions: a library may stand in for those, to make
 * calls park. */
#include "os/epoll.h"

#include "base/atomic.h"
#include "base/fatal.h"
#include "os/clock.h"

#include <errno.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef SYS_epoll_pwait2
#define SYS_epoll_pwait2 441
#endif

enum { MS = 1000000, KERNEL_SIGSET = 8 };

static int instance = -1, waker = -1; /* imm once epoll_start has returned 0 */
static bool no_pwait2;                /* atomic: found to be missing */

int epoll_add(int fd, uint32_t events, uint64_t data)
{
    struct epoll_event e = { .events = events | EPOLLET, .data.u64 = data };
    if (epoll_ctl(instance, EPOLL_CTL_ADD, fd, &e) == 0)
        return 0;
    if (errno == EEXIST && epoll_ctl(instance, EPOLL_CTL_MOD, fd, &e) == 0)
        return 0;
    return -errno;
}

int epoll_still(int fd, uint32_t events, uint64_t data)
{
    struct epoll_event e = { .events = events | EPOLLET, .data.u64 = data };
    int saved = errno, err = 0;
    if (epoll_ctl(instance, EPOLL_CTL_MOD, fd, &e) < 0)
        err = errno == ENOENT ? epoll_add(fd, events, data) : -errno;
    errno = saved;
    return err;
}

void epoll_remove(int fd)
{
    struct epoll_event unused = { 0 };
    epoll_ctl(instance, EPOLL_CTL_DEL, fd, &unused);
}

int epoll_start(void)
{
    instance = epoll_create1(EPOLL_CLOEXEC);
    waker = instance < 0 ? -1 : eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    int err = waker < 0 ? -errno : epoll_add(waker, EPOLLIN, EPOLL_KICK);
    if (err == 0)
        return 0;
    if (waker >= 0)
        syscall(SYS_close, waker);
    if (instance >= 0)
        syscall(SYS_close, instance);
    return err;
}

static int in_milliseconds(struct epoll_event *events, int n, int64_t until, int64_t now)
{
    int ms = -1;
    if (until == 0)
        ms = 0;
    else if (until != INT64_MAX)
        ms = until <= now                                ? 0
             : until - now > (int64_t)INT32_MAX / 2 * MS ? INT32_MAX / 2
                                                         : (int)((until - now + MS - 1) / MS);
    return (int)syscall(SYS_epoll_pwait, instance, events, n, ms, NULL, KERNEL_SIGSET);
}

static int in_nanoseconds(struct epoll_event *events, int n, int64_t until, int64_t now)
{
    int64_t d = until > now ? until - now : 0;
    struct timespec t = { d / 1000000000, d % 1000000000 };
    return (int)syscall(SYS_epoll_pwait2, instance, events, n, until == INT64_MAX ? NULL : &t, NULL,
                        KERNEL_SIGSET);
}

int epoll_find(struct epoll_event *events, int n, int64_t until)
{
    int saved = errno, found = -1;
    int64_t now = until == 0 || until == INT64_MAX ? 0 : clock_now();
    if (!ld_relaxed(&no_pwait2)) {
        found = in_nanoseconds(events, n, until, now);
        if (found < 0 && (errno == ENOSYS || errno == EPERM)) /* EPERM: an old container */
            st_relaxed(&no_pwait2, true);
    }
    if (ld_relaxed(&no_pwait2))
        found = in_milliseconds(events, n, until, now);
    if (found < 0 && errno != EINTR)
        fatal("epoll_wait failed: error %d (has its descriptor been closed?)", errno);
    errno = saved;
    return found < 0 ? 0 : found;
}

/* Edge-triggered: each write is an event, and nobody needs to read. */
void epoll_kick(void)
{
    uint64_t one = 1;
    int saved = errno;
    syscall(SYS_write, waker, &one, sizeof one);
    errno = saved;
}

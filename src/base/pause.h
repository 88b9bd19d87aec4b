/* SPDX-License-Identifier: MIT */
/* Calls of the kernel by number, for code that must stay on its thread: libc's functions
 * may be ones that park. */
#ifndef BASE_PAUSE_H
#define BASE_PAUSE_H

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* pause_ns - let the thread sleep a little.  Keeps errno. */
static inline void pause_ns(long ns)
{
    struct timespec t = { 0, ns };
    int *at = __errno_location(), saved = *at;
    syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &t, NULL);
    *at = saved;
}

/* raw_poll, raw_write - as poll(2) and write(2). */
static inline int raw_poll(struct pollfd *p, nfds_t n, int ms)
{
    enum { KERNEL_SIGSET = 8 };
    struct timespec t = { ms / 1000, ms % 1000 * 1000000L };
    return (int)syscall(SYS_ppoll, p, n, ms < 0 ? NULL : &t, NULL, (long)KERNEL_SIGSET);
}

static inline ssize_t raw_write(int fd, const void *buf, size_t n)
{
    return syscall(SYS_write, fd, buf, n);
}

#endif

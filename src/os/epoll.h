/* SPDX-License-Identifier: MIT */
/* The kernel's poller. */
#ifndef OS_EPOLL_H
#define OS_EPOLL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>

/* epoll_start - the process's instance, and a descriptor in it that wakes a sleeper.
 * 0, or a negative errno. */
int epoll_start(void);

/* epoll_find - events, for at most until the absolute CLOCK_MONOTONIC time (0: do not
 * sleep; INT64_MAX: for ever).  May return 0 early.  Keeps errno.  Kernels before 5.11
 * have no finer clock than milliseconds here: it wakes up to one late. */
int epoll_find(struct epoll_event *events, int n, int64_t until);

/* epoll_kick - end an epoll_find that sleeps, or the next.  Its event has data EPOLL_KICK. */
void epoll_kick(void);
#define EPOLL_KICK UINT64_MAX

/* epoll_add - watch fd edge-triggered for events.  0, or a negative errno.  One that
 * is watched already is watched with data from now on: it may have been added when its
 * number was thought to name another file. */
int epoll_add(int fd, uint32_t events, uint64_t data);
void epoll_remove(int fd);

/* epoll_still - have the kernel look at fd again, and watch it if it does not.  0, or a
 * negative errno: -EBADF if it is none. */
int epoll_still(int fd, uint32_t events, uint64_t data);

#endif

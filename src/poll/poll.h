/* SPDX-License-Identifier: MIT */
/* The one poller of the process: the kernel's epoll, started with the first wait.
 *
 * Who calls it, and when: sched/io.h.
 */
#ifndef POLL_POLL_H
#define POLL_POLL_H

#include <stdint.h>

struct m;

/* poll_start - once; 0 or a negative errno, and then the next call tries again.  Outside
 * the runtime. */
int poll_start(void);

/* A descriptor of the library's own, of which no goroutine waits in a call: completions
 * of io_uring, signals.  fire is called when it has become readable (edge-triggered: read
 * it empty, or have it signalled anew each time), inside the runtime, or by sysmon, then m
 * is NULL.  It must not park, block or allocate; it may ready goroutines, with ready or
 * with ready_without_m. */
struct poll_source {
    void (*fire)(struct m *m, struct poll_source *s);
};

/* poll_source_add - s is watched from now on, for as long as the process lives.  0, or
 * -ENOMEM, -ENOSPC, ...  Not inside the runtime.
 *
 * Nobody looks as long as nobody waits: who waits for a source tells io_waits. */
int poll_source_add(int fd, struct poll_source *s);

#endif

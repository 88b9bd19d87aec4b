/* SPDX-License-Identifier: MIT */
/* Waiting for the end of a child. */
#ifndef PROCESS_CHILD_H
#define PROCESS_CHILD_H

#include "sched/park.h"

#include <sys/types.h>

struct child {
    pid_t pid;
    int pidfd; /* -1: none can be had */
};

/* child_open - the pidfd, of one that nobody else waits for. */
struct child child_open(pid_t pid);
void child_close(struct child *c);

/* child_await - park until look says that it is over, which it is asked before, and after
 * each sign that the child has ended.  Outside the runtime.
 *
 * What look returned if that is not 0: 1, or a negative errno; or -ETIMEDOUT, -ECANCELED. */
int child_await(const struct child *c, int (*look)(void *arg), void *arg, struct until u);

#endif

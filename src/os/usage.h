/* SPDX-License-Identifier: MIT */
/* What the kernel has counted of a thread. */
#ifndef OS_USAGE_H
#define OS_USAGE_H

#include <stdbool.h>
#include <stdint.h>

/* usage_cpu_self - CPU time of the calling thread in ns.  A system call. */
int64_t usage_cpu_self(void);

/* usage_cpu - of any thread of this process; -1 when there is none of that id. */
int64_t usage_cpu(int32_t tid);

/* usage_sleeps - how often a thread of this process has slept in the kernel of
 * its own accord; -1 when that cannot be told.  Opens a file. */
int64_t usage_sleeps(int32_t tid);

/* usage_signal_due - true if a signal that was sent to a thread waits for it, and it
 * does not block it: it has not been on a CPU since.  Opens a file. */
bool usage_signal_due(int32_t tid, int sig);

#endif

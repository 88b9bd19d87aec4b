/* SPDX-License-Identifier: MIT */
/* The monitor thread: finds work that waits, goroutines that hold a P without
 * making progress, and timers that nobody looks after. */
#ifndef SCHED_SYSMON_H
#define SCHED_SYSMON_H

#include "sched/types.h"

/* sysmon_start - false if the thread cannot be made. */
bool sysmon_start(void);

/* sysmon_needed - a P leaves the idle list (I1 in idle.h); sched.lock held. */
void sysmon_needed(void);

/* Things that others want done on this thread.  Async-signal-safe. */
enum sysmon_request { REQUEST_DUMP = 1, REQUEST_DEADLOCK = 2, REQUEST_SIGNALS = 4 };
void sysmon_request(enum sysmon_request r);

/* The monitor's thread.  [atomic] 0 until it runs; relaxed: known once the runtime
 * has started, or nothing asks */
extern int32_t sysmon_tid;

/* Set by debug: what REQUEST_DUMP does. */
extern void (*sysmon_dump)(void);

/* Set by signal before it asks: what REQUEST_SIGNALS does.  [atomic] */
extern void (*sysmon_signals)(void);

/* Set by debug while long runs are to be reported, else NULL: looks at every M and
 * returns when to look again.  [atomic] */
extern int64_t (*sysmon_observe)(int64_t now);

#endif

/* SPDX-License-Identifier: MIT */
/* Reports of goroutines that compute for long without entering the runtime.
 *
 * Three parts, each on its own thread, hand one sample on:
 *
 *   sysmon     looks at every M; asks one whose goroutine is over the threshold
 *   handler    of the signal it sends, on that M: takes the stack
 *   reporter   a thread of ours: finds names and lines, and reports
 *
 *   FREE --sysmon--> ASKED --handler--> TAKING --handler--> FULL --reporter--> FREE
 *                      |                  ^
 *                      +------sysmon------+   nobody answered: without a stack
 *
 * Who moves the sample out of ASKED owns it: both do so by a CAS.  It is FULL as long
 * as the report takes, so reports are made one by one; and void if the goroutine has
 * gone on meanwhile, so that every sample ends with the reporter.
 *
 * How does sysmon know that a goroutine has not entered the runtime since the look
 * before?  It leaves the question of sched/entry.h with the M: the next entry takes
 * the slow path, which counts in m->entries.  An M that is LOST takes it anyway.  So
 *
 *   R1  the same goroutine on the same M, outside the runtime, revoked other than
 *       NONE, and entries as before: it has not entered since.
 *
 * And sleeping?  The kernel counts how often a thread slept of its own accord; if that
 * has not changed either, its CPU time since then is one stretch of computing.
 */
#ifndef DEBUG_LONGRUN_H
#define DEBUG_LONGRUN_H

/* longrun_init - as the environment asks. */
void longrun_init(void);

#endif

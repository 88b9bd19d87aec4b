/* SPDX-License-Identifier: MIT */
/* Nothing can ever run again: say so and end, as Go does.
 *
 * Reported only when it is certain: all Ps idle, no goroutine runs without a P
 * (in a blocking call), nothing queued, no timer armed, and no thread of the
 * process that could still act: each is ours and asleep, or waits inside the
 * library itself.
 */
#ifndef SCHED_DEADLOCK_H
#define SCHED_DEADLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* deadlock_check - does not return if there is one.  Else the time at which to
 * look again, which is soon if only a thread that we do not know prevents it,
 * and INT64_MAX if whatever prevents it will make itself known. */
int64_t deadlock_check(void);

/* deadlock_recheck - a foreign thread parked or ended: let sysmon look. */
void deadlock_recheck(void);

/* deadlock_bystander - the reporter of debug/longrun.c is a thread that will not act
 * of itself; true while it waits for something to report, which only a goroutine that
 * runs can cause. */
void deadlock_bystander(bool idle);

/* deadlock_service - one thread of the library more, or less, that acts only for who is
 * counted by io_waits, or not at all. */
void deadlock_service(int n);

#endif

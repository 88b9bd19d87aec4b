/* SPDX-License-Identifier: MIT */
/* Stopping the world: no goroutine is inside the runtime, no P is held by
 * anybody but the caller.
 *
 * Goroutines in user code go on running; they stop at their next entry.  So
 * queues and parked goroutines are stable, user data is not.  Threads that are
 * not ours are not stopped: they may still make goroutines runnable.
 */
#ifndef SCHED_WORLD_H
#define SCHED_WORLD_H

#include "sched/types.h"

/* world_stop - called inside the runtime (rt_enter); returns the M to go on
 * with.  Callers wait for each other. */
struct m *world_stop(struct m *m);
struct m *world_start(struct m *m);

/* The same for sysmon, which has no M. */
void world_stop_from_sysmon(void);
void world_start_from_sysmon(void);

/* world_end - stop it and never start again: main has returned. */
void world_end(void);

/* p_stop - the world is to stop: m gives its P up. */
void p_stop(struct m *m);

/* world_resize - set the number of Ps; the world is stopped by m. */
int world_resize(struct m *m, uint32_t n);

#endif

/* SPDX-License-Identifier: MIT */
/* CPU time of goroutines.
 *
 * Charged where a goroutine leaves its thread (switch_note), so nothing is paid
 * while it is off.  The kernel's clock of a thread's CPU time is exact, but a
 * system call; the clock of the wall is not one, but counts sleeps.  So the first
 * is read only where WINDOW_NS or more have gone by since it was read last.  What
 * lies between two readings is shared out by the second, and the goroutine that
 * runs at a reading gets what remains:
 *
 *   U1  after a reading, m->cpu_charged is the thread's CPU time, except that it
 *       may be ahead by the sleeps within one window; the next readings make up.
 *   U2  the charges of an M's goroutines, its g0's too, sum up to cpu_charged less
 *       what it was when counting began.
 *
 * So no time is charged twice or lost, and a goroutine that sleeps in the kernel
 * is charged for less than WINDOW_NS of that, however long it sleeps.
 */
#ifndef SCHED_CPUTIME_H
#define SCHED_CPUTIME_H

#include "sched/types.h"

/* cputime_init - as the environment asks. */
void cputime_init(void);

/* cputime_thread - once on each thread of ours, before it runs a goroutine. */
void cputime_thread(struct m *m);

/* cputime_leave - from leaves m now; a part of switch_note. */
void cputime_leave(struct m *m, struct g *from);

/* cputime_on - is it counted at present? */
bool cputime_on(void);

/* cputime_self - of the goroutine that calls, up to now, inside the runtime.  0 if
 * it was never counted.  Gone with the goroutine: who wants the total after its
 * end asks here as the last thing before. */
int64_t cputime_self(struct m *m);

/* cputime_of - of any goroutine that lives, seen from elsewhere: one that runs is
 * counted up to now.  0 for foreign threads. */
int64_t cputime_of(const struct g *g);

#endif

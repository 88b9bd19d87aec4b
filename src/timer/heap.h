/* SPDX-License-Identifier: MIT */
/* The scheduler's side of timers. */
#ifndef TIMER_HEAP_H
#define TIMER_HEAP_H

#include "os/clock.h"
#include "sched/types.h"
#include "timer/timer.h"

/* timers_run - fire what is due on p; any M with a P may, holding no lock.
 * True if any was.  Those that start goroutines may leave some to the next call. */
bool timers_run(struct m *m, struct p *p, int64_t now);

/* retired_min - min, or the first timer of Ps that GOMAXPROCS no longer counts,
 * if that is earlier. */
int64_t retired_min(int64_t min);

/* timers_due - owner of p: something is to be fired now.  The first P looks after
 * the heaps of those that were retired. */
static inline bool timers_due(struct p *p)
{
    int64_t min = ld_relaxed(&p->timers.min);
    if (unlikely(p->index == 0 && ld_relaxed(&sched.nallp) > ld_relaxed(&sched.nprocs)))
        min = retired_min(min);
    return min != INT64_MAX && min <= clock_now();
}

/* timer_arm_locked - as timer_arm, with the lock of p's heap held. */
int timer_arm_locked(struct p *p, struct timer *t, int64_t when);

/* timer_heap_of - the P whose heap m's timers go to. */
struct p *timer_heap_of(struct m *m);

/* timers_verify - T1 and T2; the world is stopped. */
void timers_verify(struct p *p);

#endif

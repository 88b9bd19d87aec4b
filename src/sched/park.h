/* SPDX-License-Identifier: MIT */
/* park and ready: all that the layers above the scheduler are written against.
 *
 * Shape of every call of the public face that may touch the scheduler:
 *
 *     struct m *m = rt_enter();          // we may have lost our P: may wait here
 *     spin_lock(&obj->lock);
 *     ... queue a waiter that lives on this stack ...
 *     m = park(m, &obj->lock.word, WAIT_X);   // lock is released by who runs next
 *     ... maybe on another thread now; use the returned m only ...
 *     rt_exit(m);
 *
 * Between rt_enter and rt_exit no user code runs and nothing blocks the thread.
 * rt_enter does not nest.  After park or yield the old m is stale.
 */
#ifndef SCHED_PARK_H
#define SCHED_PARK_H

#include "base/spin.h"
#include "os/clock.h"
#include "sched/cancel.h"
#include "sched/types.h"
#include "sched/waitq.h"
#include "timer/timer.h"

/* park - stop the current goroutine until somebody calls ready() for it.
 *
 * lock (may be NULL) is held by the caller and released after the goroutine's
 * context is saved, so whoever finds the waiter under the lock may ready it at
 * once.  Works for threads that are not ours: they sleep on a futex.
 * Returns the M that runs the goroutine now.
 */
struct m *park(struct m *m, uint32_t *lock, enum wait_reason why);

/* ready - make a parked goroutine runnable.  Exactly one call for each park.
 *
 * Call without holding sched.lock or a timer heap's; after it returns, the
 * goroutine and every record on its stack may be gone. */
void ready(struct m *m, struct g *g);

/* ready_all - ready every goroutine of a chain of waiters linked by next, in
 * order.  For close and broadcast. */
void ready_all(struct m *m, struct go_waiter_ *first);

/* yield - put the current goroutine at the end of the queue, run another. */
struct m *yield(struct m *m);

/* What ends a wait besides being woken: a time, the end of a context, either, or
 * neither. */
struct until {
    int64_t deadline;      /* GO_FOREVER: none */
    struct cancel *cancel; /* NULL: none */
};

static inline struct until until_forever(void)
{
    return (struct until){ INT64_MAX, NULL };
}
static inline struct until until_time(int64_t deadline)
{
    return (struct until){ deadline, NULL };
}
static inline struct until until_context(struct go_context *ctx)
{
    return (struct until){ INT64_MAX, cancel_of(ctx) };
}

static inline bool until_bounded(struct until u)
{
    return u.deadline != INT64_MAX || u.cancel;
}

/* until_over - 0, -ETIMEDOUT or -ECANCELED: it is too late to begin to wait. */
static inline int until_over(struct until u)
{
    int why = cancel_why(u.cancel);
    if (why || u.deadline == INT64_MAX)
        return why;
    return clock_now() >= u.deadline ? -ETIMEDOUT : 0;
}

/* park_until - park a waiter on one queue, with a bound.
 *
 * The caller holds *lock and has queued w on q, with w->claim pointing at a word that
 * is 0.  Returns with *lock free.  *err tells who won: 0, who claimed w and readied it;
 * or -ETIMEDOUT or -ECANCELED, and w has been removed from q under *lock.  If u is
 * already over the call does not park. */
struct m *park_until(struct m *m, uint32_t *lock, go_waitq_ *q, struct go_waiter_ *w,
                     enum wait_reason why, struct until u, int *err);

/* park_alone - park in no queue: only the bound ends it.  Enters and leaves the runtime
 * itself.  -ETIMEDOUT or -ECANCELED. */
int park_alone(enum wait_reason why, struct until u);

#endif

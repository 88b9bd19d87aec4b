/* SPDX-License-Identifier: MIT */
/* What the waits of all primitives share. */
#ifndef SYNC_WAITING_H
#define SYNC_WAITING_H

#include "base/atomic.h"
#include "sched/entry.h"
#include "sched/park.h"
#include "sched/types.h"
#include "sched/waitq.h"

#include <goroutine/sync.h>

/* A waiter on the stack of the goroutine that waits. */
struct sync_waiter {
    struct go_waiter_ w; /* first: a waiter is cast back to this */
    int64_t since;       /* when it first queued; queue's lock */
    uint32_t claim;      /* used with a bound: see sched/waitq.h */
};

static inline struct sync_waiter *sync_waiter_of(struct go_waiter_ *w)
{
    return (struct sync_waiter *)w;
}

/* sync_waiter_init - before each push. */
static inline void sync_waiter_init(struct sync_waiter *sw, struct m *m, struct until u)
{
    sw->w.g = m->curg;
    sw->w.ok = false;
    sw->claim = 0;
    sw->w.claim = until_bounded(u) ? &sw->claim : NULL;
}

/* sync_park - wait, queued on q under *lock, which is released.  0, or -ETIMEDOUT or
 * -ECANCELED; the waiter is then no longer queued. */
static inline int sync_park(struct m **m, uint32_t *lock, go_waitq_ *q, struct sync_waiter *sw,
                            enum wait_reason why, struct until u)
{
    int err = 0;
    if (!until_bounded(u))
        *m = park(*m, lock, why);
    else
        *m = park_until(*m, lock, q, &sw->w, why, u, &err);
    return err;
}

/* waitq_pop_all - unlink and claim all that can be woken: a chain for ready_all,
 * first come first.  *n is how many. */
static inline struct go_waiter_ *waitq_pop_all(go_waitq_ *q, uint32_t *n)
{
    struct go_waiter_ *first = NULL, **end = &first, *w;
    for (*n = 0; (w = waitq_pop(q)); ++*n) {
        w->ok = true;
        *end = w;
        end = &w->next;
    }
    *end = NULL;
    return first;
}

/* wake_all - enter the runtime to ready a chain.  Whatever it waited for may be
 * gone, so this comes last. */
static inline void wake_all(struct go_waiter_ *first)
{
    if (!first)
        return;
    struct m *m = rt_enter();
    ready_all(m, first);
    rt_exit(m);
}

#endif

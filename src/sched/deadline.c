/* SPDX-License-Identifier: MIT */
/* Waiting on a queue with a deadline.
 *
 * Two can end the wait: who takes the waiter from its queue, and the timer.
 * The winner is who moves the claim from 0 (waitq.h).  The timer that has won
 * takes the object's lock before it wakes us: it is held until our context is
 * saved, so the goroutine is not woken too early, and so we are off the queue.
 * Both records are on our stack; timer_disarm waits until nobody uses them.
 */
#include "sched/park.h"

struct deadline {
    struct timer timer;
    uint32_t *lock;
    go_waitq_ *q;
    struct go_waiter_ *w;
    bool won; /* written by the timer that claimed, before ready */
};

static void deadline_fire(struct m *m, struct timer *t)
{
    struct deadline *d = t->arg;
    if (!cas(d->w->claim, 0u, UINT32_MAX))
        return;
    struct g *g = d->w->g;
    spin_lock_word(d->lock);
    waitq_remove(d->q, d->w);
    d->won = true;
    spin_unlock_word(d->lock);
    ready(m, g);
}

struct m *park_until(struct m *m, uint32_t *lock, go_waitq_ *q, struct go_waiter_ *w,
                     enum wait_reason why, int64_t deadline, bool *timed_out)
{
    *timed_out = false;
    if (deadline == INT64_MAX)
        return park(m, lock, why);
    struct deadline d = {
        .timer = { .fire = deadline_fire, .arg = &d }, .lock = lock, .q = q, .w = w
    };
    if (timer_arm(m, &d.timer, deadline) != 0)
        fatal("out of memory");
    m = park(m, lock, why);
    timer_disarm(m, &d.timer);
    *timed_out = d.won;
    return m;
}

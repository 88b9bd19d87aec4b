/* SPDX-License-Identifier: MIT */
/* Waiting on a queue with a bound: a deadline, a context, or both.
 *
 * Three can end the wait: who takes the waiter from its queue, the timer, and the
 * context.  The winner is who moves the claim from 0 (waitq.h).  The timer or the
 * context that has won takes the object's lock before it wakes us: it is held until our
 * context is saved, so the goroutine is not woken too early, and so we are off the queue.
 * All records are on our stack; timer_disarm and cancel_unwatch wait until nobody uses
 * them.
 *
 * The context is asked first: if it has ended, nothing has been armed and nobody can
 * have claimed, for we still hold the lock.
 */
#include "sched/biased.h"
#include "sched/entry.h"
#include "sched/park.h"

#include <errno.h>

struct bound {
    struct timer timer;
    struct watcher watcher;
    struct cancel *cancel;
    uint32_t *lock;
    go_waitq_ *q;
    struct go_waiter_ *w;
    int err; /* written by the winner if it is one of ours, before ready */
};

static void end_wait(struct m *m, struct bound *b, int err)
{
    if (!cas(b->w->claim, 0u, UINT32_MAX))
        return;
    struct g *g = b->w->g;
    biased_lock(m, b->lock, 0);
    waitq_remove(b->q, b->w);
    b->err = err;
    biased_unlock(m, b->lock, 0);
    ready(m, g);
}

static void bound_expired(struct m *m, struct timer *t)
{
    end_wait(m, t->arg, -ETIMEDOUT);
}

static struct cancel *bound_cancelled(struct m *m, struct watcher *w)
{
    struct bound *b = (struct bound *)(void *)((char *)w - offsetof(struct bound, watcher));
    end_wait(m, b, cancel_why(b->cancel));
    return NULL;
}

struct m *park_until(struct m *m, uint32_t *lock, go_waitq_ *q, struct go_waiter_ *w,
                     enum wait_reason why, struct until u, int *err)
{
    *err = 0;
    if (!until_bounded(u))
        return park(m, lock, why);
    struct bound b = { .timer = { .fire = bound_expired, .arg = &b },
                       .watcher = { .fire = bound_cancelled },
                       .cancel = u.cancel,
                       .lock = lock,
                       .q = q,
                       .w = w };
    if (u.cancel && !cancel_watch(u.cancel, &b.watcher)) {
        waitq_remove(q, w);
        biased_unlock(m, lock, 0);
        *err = cancel_why(u.cancel);
        return m;
    }
    if (u.deadline != INT64_MAX && timer_arm(m, &b.timer, u.deadline) != 0)
        fatal("out of memory");
    m = park(m, lock, why);
    if (u.deadline != INT64_MAX)
        timer_disarm(m, &b.timer);
    if (u.cancel)
        cancel_unwatch(u.cancel, &b.watcher);
    *err = b.err;
    return m;
}

int park_alone(enum wait_reason why, struct until u)
{
    go_waitq_ q = { .lock_ = 1 }; /* nobody else knows it */
    uint32_t claim = 0;
    int err;
    struct m *m = rt_enter();
    struct go_waiter_ w = { .g = m->curg, .claim = &claim };
    waitq_push(&q, &w);
    m = park_until(m, &q.lock_, &q, &w, why, u, &err);
    rt_exit(m);
    return err;
}

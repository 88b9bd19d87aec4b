/* SPDX-License-Identifier: MIT */
/* Deadlines of a descriptor, which can be moved while calls wait.
 *
 * A deadline costs nothing until somebody parks: calls compare it with the clock.  The
 * timer is an alarm clock for those that are parked.  It is armed with the first of them,
 * and left alone when they leave or when the deadline moves on: it then goes off too
 * early, looks, and is armed again if somebody waits.  So a server that sets a new
 * deadline before each read arms a timer once in a while, not for each request.
 */
#include "poll/waiters.h"

#include "base/alloc.h"
#include "sched/entry.h"

#include <errno.h>

static struct desc_deadlines *deadlines_of(struct timer *t, enum desc_side side)
{
    return (struct desc_deadlines *)(void *)((char *)t - offsetof(struct desc_deadlines, timer) -
                                             sizeof *t * side);
}

/* Under the lock FIRING means that fire has not begun, and will look. */
static int arm(struct m *m, struct desc_deadlines *t, enum desc_side side)
{
    struct timer *timer = &t->timer[side];
    int64_t when = t->when[side];
    if (ld_relaxed(&timer->state) == TIMER_FIRING)
        return 0;
    if (ld_relaxed(&timer->state) == TIMER_ARMED && timer->when <= when)
        return 0;
    timer_pull(timer);
    return ld_relaxed(&timer->state) == TIMER_IDLE ? timer_arm(m, timer, when) : 0;
}

int deadlines_arm(struct m *m, struct desc *d, enum desc_side side)
{
    struct desc_deadlines *t = ld_acquire(&d->deadlines);
    if (likely(!t) || t->when[side] == INT64_MAX)
        return 0;
    if (t->when[side] <= clock_now())
        return -ETIMEDOUT;
    return arm(m, t, side);
}

static void fire(struct m *m, struct timer *timer, enum desc_side side)
{
    struct desc *d = timer->arg;
    struct desc_deadlines *t = deadlines_of(timer, side);
    struct go_waiter_ *woken = NULL, **last = &woken;
    spin_lock(&d->lock);
    st_release(&timer->state, (uint32_t)TIMER_IDLE);
    if (d->q[side].head_ && t->when[side] != INT64_MAX) {
        if (t->when[side] <= clock_now())
            desc_pop(d, side, DESC_DEADLINE, &last);
        else if (arm(m, t, side) != 0)
            desc_pop(d, side, DESC_EVENT, &last); /* to fail when they wait again */
    }
    spin_unlock(&d->lock);
    desc_wake(m, woken);
}

static void fire_read(struct m *m, struct timer *t)
{
    fire(m, t, DESC_READ);
}

static void fire_write(struct m *m, struct timer *t)
{
    fire(m, t, DESC_WRITE);
}

void deadlines_clear(struct desc *d)
{
    struct desc_deadlines *t = ld_acquire(&d->deadlines);
    for (int side = 0; t && side < DESC_SIDES; side++) {
        st_relaxed(&t->when[side], INT64_MAX);
        timer_pull(&t->timer[side]);
    }
}

int desc_begin_slow(struct desc *d, enum desc_side side)
{
    const struct desc_deadlines *t = ld_acquire(&d->deadlines);
    if (ld_relaxed(&d->refs) & DESC_CLOSING)
        return -EBADF;
    int64_t when = t ? ld_relaxed(&t->when[side]) : INT64_MAX;
    return when != INT64_MAX && when <= clock_now() ? -ETIMEDOUT : 0;
}

/* Outside the runtime: it allocates. */
static bool have_deadlines(struct desc *d)
{
    if (ld_acquire(&d->deadlines))
        return true;
    struct desc_deadlines *t = rt_calloc(1, sizeof *t);
    if (!t)
        return false;
    for (int side = 0; side < DESC_SIDES; side++) {
        t->when[side] = INT64_MAX;
        t->timer[side].fire = side == DESC_READ ? fire_read : fire_write;
        t->timer[side].arg = d;
        t->timer[side].ends_itself = true;
    }
    if (!cas(&d->deadlines, (struct desc_deadlines *)NULL, t))
        free(t);
    return true;
}

/* Lock held. */
static int move(struct m *m, struct desc *d, enum desc_side side, int64_t when,
                struct go_waiter_ ***last)
{
    struct desc_deadlines *t = ld_acquire(&d->deadlines);
    st_relaxed(&t->when[side], when);
    if (!d->q[side].head_ || when == INT64_MAX)
        return 0;
    if (when <= clock_now()) {
        desc_pop(d, side, DESC_DEADLINE, last);
        return 0;
    }
    int err = arm(m, t, side);
    if (err)
        desc_pop(d, side, DESC_EVENT, last); /* F2: to fail when they wait again */
    return err;
}

int desc_set_deadline(int fd, bool read, bool write, int64_t when)
{
    int err = 0;
    struct go_waiter_ *woken = NULL, **last = &woken;
    struct desc *d = desc_hold(fd, &err);
    if (!d)
        return -err;
    if (!have_deadlines(d)) {
        desc_release(d);
        return -ENOMEM;
    }
    struct m *m = rt_enter();
    spin_lock(&d->lock);
    if (read)
        err = move(m, d, DESC_READ, when, &last);
    if (write && err == 0)
        err = move(m, d, DESC_WRITE, when, &last);
    spin_unlock(&d->lock);
    desc_wake(m, woken);
    rt_exit(m);
    desc_release(d);
    return err;
}

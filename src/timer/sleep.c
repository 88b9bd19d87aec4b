/* SPDX-License-Identifier: MIT */
#include "sched/entry.h"
#include "sched/park.h"
#include "timer/heap.h"

#include <goroutine/time.h>

int64_t go_now(void)
{
    return clock_now();
}

static void wake_sleeper(struct m *m, struct timer *t)
{
    ready(m, t->arg);
}

void go_sleep_until(int64_t when)
{
    struct timer t = { .fire = wake_sleeper };
    struct m *m = rt_enter();
    struct p *p = timer_heap_of(m);
    t.arg = m->curg;
    if (m->alien) {
        if (timer_arm(m, &t, when) != 0)
            fatal("out of memory");
        m = park(m, NULL, WAIT_SLEEP);
    } else {
        /* The heap's lock is held until we are parked: it cannot fire before. */
        spin_lock(&p->timers.lock);
        if (timer_arm_locked(p, &t, when) != 0)
            fatal("out of memory");
        m = park(m, &p->timers.lock.word, WAIT_SLEEP);
    }
    timer_disarm(m, &t); /* wait for the M that fired it to let go of it */
    rt_exit(m);
}

void go_sleep(int64_t d)
{
    if (d <= 0)
        return;
    int64_t now = clock_now();
    go_sleep_until(d < INT64_MAX - now ? now + d : INT64_MAX - 1);
}

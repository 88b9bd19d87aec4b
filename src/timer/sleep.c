/* SPDX-License-Identifier: MIT */
#include "sched/entry.h"
#include "sched/park.h"
#include "timer/heap.h"

#include <errno.h>
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

static int64_t after(int64_t d)
{
    int64_t now = clock_now();
    return d < INT64_MAX - now ? now + d : INT64_MAX - 1;
}

void go_sleep(int64_t d)
{
    if (d > 0)
        go_sleep_until(after(d));
}

int go_sleep_ctx(int64_t d, go_context *ctx)
{
    if (d <= 0)
        return 0;
    int64_t when = after(d);
    int err = park_alone(WAIT_SLEEP, (struct until){ when, cancel_of(ctx) });
    return err == -ETIMEDOUT && clock_now() >= when ? 0 : err;
}

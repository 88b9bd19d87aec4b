/* SPDX-License-Identifier: MIT */
/* The heap of timers against a plain array: random arming and pulling, then all fire in
 * order; T1 and T2 hold throughout. */
#include "check.h"
#include "sched/entry.h"
#include "sched/park.h"
#include "timer/heap.h"

#include <goroutine.h>
#include <goroutine/debug.h>

enum { MANY = 400 };

static struct timer timers[MANY];
static int64_t order[MANY]; /* what fired, in order; filled on one M */
static uint32_t nfired;
static unsigned seed = 1;

static unsigned next_random(void)
{
    seed = seed * 1103515245 + 12345;
    return seed >> 8;
}

static void note(struct m *m, struct timer *t)
{
    (void)m;
    CHECK_EQ(ld_relaxed(&t->state), TIMER_FIRING);
    order[nfired++] = t->when;
}

/* A heap of our own, on a P that nothing runs. */
static void against_array(struct p *p)
{
    int64_t base = go_now() + GO_HOUR;
    uint32_t armed = 0;
    for (int step = 0; step < test_scale(20000, 2000); step++) {
        struct timer *t = &timers[next_random() % MANY];
        if (ld_relaxed(&t->state) == TIMER_ARMED) {
            CHECK(timer_pull(t));
            CHECK(!timer_pull(t));
            armed--;
        } else {
            *t = (struct timer){ .fire = note };
            spin_lock(&p->timers.lock);
            CHECK_EQ(timer_arm_locked(p, t, base + next_random() % 1000), 0);
            spin_unlock(&p->timers.lock);
            armed++;
        }
        CHECK_EQ(p->timers.n, armed);
        if (step % 16 == 0)
            timers_verify(p);
    }
    int64_t least = INT64_MAX;
    for (int i = 0; i < MANY; i++)
        if (ld_relaxed(&timers[i].state) == TIMER_ARMED && timers[i].when < least)
            least = timers[i].when;
    CHECK_EQ(p->timers.min, least);

    struct m *m = rt_enter();
    CHECK(!timers_run(m, p, base - 1));
    CHECK(timers_run(m, p, base + 500));
    uint32_t half = nfired;
    CHECK(timers_run(m, p, base + 1000));
    rt_exit(m);
    CHECK(half > 0 && half < nfired);
    CHECK_EQ(nfired, armed);
    for (uint32_t i = 1; i < nfired; i++)
        CHECK(order[i - 1] <= order[i]);
    for (int i = 0; i < MANY; i++)
        CHECK_EQ(ld_relaxed(&timers[i].state), TIMER_IDLE);
    timers_verify(p);
    CHECK_EQ(p->timers.min, INT64_MAX);
    free(p->timers.heap);
}

/* One that ends itself is not touched behind its fire, which may arm it again. */
static uint32_t again;

static void rearm(struct m *m, struct timer *t)
{
    CHECK_EQ(ld_relaxed(&t->state), TIMER_FIRING);
    st_relaxed(&t->state, (uint32_t)TIMER_IDLE);
    if (add_relaxed(&again, 1u) < 5)
        CHECK_EQ(timer_arm(m, t, t->when + GO_MICROSECOND), 0);
}

static void ends_itself(void)
{
    static struct timer t = { .fire = rearm, .ends_itself = true };
    struct m *m = rt_enter();
    CHECK_EQ(timer_arm(m, &t, go_now()), 0);
    rt_exit(m);
    while (ld_relaxed(&again) < 5)
        go_yield();
    CHECK_EQ(ld_relaxed(&t.state), TIMER_IDLE);
    go_verify();
}

int main(void)
{
    static struct p p = { .timers = { .min = INT64_MAX } };
    go_yield(); /* starts the runtime */
    against_array(&p);
    ends_itself();
}

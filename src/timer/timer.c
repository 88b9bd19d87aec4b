/* SPDX-License-Identifier: MIT */
#include "timer/timer.h"

#include "base/alloc.h"
#include "base/rand.h"
#include "sched/idle.h"
#include "sched/runq.h"
#include "timer/heap.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

/* Four children to a node: half as deep as a binary heap, and the children lie in
 * one cache line or two. */
enum { ARITY = 4, FIRST_CAP = 64, RELAX_ROUNDS = 100 };

static void place(struct timers *h, uint32_t i, struct timer_slot s)
{
    h->heap[i] = s;
    s.t->index = i;
}

/* Both find the place of s, for which that of i is free. */
static void sift_up(struct timers *h, uint32_t i, struct timer_slot s)
{
    while (i > 0) {
        uint32_t parent = (i - 1) / ARITY;
        if (h->heap[parent].when <= s.when)
            break;
        place(h, i, h->heap[parent]);
        i = parent;
    }
    place(h, i, s);
}

static void sift_down(struct timers *h, uint32_t i, struct timer_slot s)
{
    for (;;) {
        uint32_t first = i * ARITY + 1, end = first + ARITY, least = i;
        int64_t when = s.when;
        for (uint32_t c = first; c < end && c < h->n; c++)
            if (h->heap[c].when < when)
                least = c, when = h->heap[c].when;
        if (least == i)
            break;
        place(h, i, h->heap[least]);
        i = least;
    }
    place(h, i, s);
}

static void set_min(struct timers *h)
{
    st_relaxed(&h->min, h->n ? h->heap[0].when : INT64_MAX);
}

static void heap_remove(struct timers *h, struct timer *t)
{
    uint32_t i = t->index;
    struct timer_slot last = h->heap[--h->n];
    if (last.t != t) {
        if (i > 0 && last.when < h->heap[(i - 1) / ARITY].when)
            sift_up(h, i, last);
        else
            sift_down(h, i, last);
    }
    set_min(h);
}

static bool grow(struct timers *h)
{
    uint32_t cap = h->cap ? 2 * h->cap : FIRST_CAP;
    struct timer_slot *heap = rt_realloc(h->heap, cap * sizeof *heap);
    if (!heap)
        return false;
    h->heap = heap;
    h->cap = cap;
    return true;
}

int timer_arm_locked(struct p *p, struct timer *t, int64_t when)
{
    struct timers *h = &p->timers;
    assert(ld_relaxed(&t->state) == TIMER_IDLE);
    if (h->n == h->cap && !grow(h))
        return -ENOMEM;
    t->p = p;
    t->when = when;
    st_relaxed(&t->state, (uint32_t)TIMER_ARMED);
    sift_up(h, h->n++, (struct timer_slot){ when, t });
    set_min(h);
    return 0;
}

struct p *timer_heap_of(struct m *m)
{
    return m->p ? m->p : sched.allp[rand_below(&m->rand, ld_relaxed(&sched.nprocs))];
}

/* From a thread without a P nobody may be awake to look after the heap. */
static void tell_keeper(struct m *m, int64_t when)
{
    if (m->p)
        return;
    full_fence(); /* our min, then keeper_until; pairs with keeper_done in idle.c */
    if (when < ld_relaxed(&sched.keeper_until))
        wake_keeper(when);
}

int timer_arm(struct m *m, struct timer *t, int64_t when)
{
    struct p *p = timer_heap_of(m);
    spin_lock(&p->timers.lock);
    int err = timer_arm_locked(p, t, when);
    spin_unlock(&p->timers.lock);
    tell_keeper(m, when);
    return err;
}

void timer_relax(unsigned round)
{
    if (round < RELAX_ROUNDS)
        cpu_relax();
    else
        sched_yield(); /* its thread was descheduled */
}

bool timer_pull(struct timer *t)
{
    if (ld_relaxed(&t->state) != TIMER_ARMED)
        return false;
    struct timers *h = &t->p->timers;
    spin_lock(&h->lock);
    bool armed = ld_relaxed(&t->state) == TIMER_ARMED;
    if (armed) {
        heap_remove(h, t);
        st_relaxed(&t->state, (uint32_t)TIMER_IDLE);
    }
    spin_unlock(&h->lock);
    return armed;
}

bool timer_disarm(struct m *m, struct timer *t)
{
    (void)m;
    if (timer_pull(t))
        return true;
    /* Acquire: pairs with the end of timers_run. */
    for (unsigned round = 0; ld_acquire(&t->state) != TIMER_IDLE; round++)
        timer_relax(round);
    return false;
}

/* Timers that start goroutines could start them all before the first has run, each with
 * a stack.  So they wait while this P has many to run. */
enum { STARTED_MANY = 64 };

static int64_t live(struct m *m)
{
    return m->p ? m->p->live : 0;
}

static bool started_enough(struct m *m, int64_t live_before)
{
    return live(m) != live_before && ring_len(m->p) >= STARTED_MANY;
}

bool timers_run(struct m *m, struct p *p, int64_t now)
{
    struct timers *h = &p->timers;
    bool ran = false, enough = false;
    spin_lock(&h->lock);
    while (!enough && h->n && h->heap[0].when <= now) {
        struct timer *t = h->heap[0].t;
        int64_t live_before = live(m);
        heap_remove(h, t);
        st_relaxed(&t->state, (uint32_t)TIMER_FIRING);
        spin_unlock(&h->lock);
        bool ends_itself = t->ends_itself;
        t->fire(m, t);
        /* Release: what fire did is seen by who finds the timer idle, and may
         * free it. */
        if (!ends_itself)
            st_release(&t->state, (uint32_t)TIMER_IDLE);
        ran = true;
        enough = started_enough(m, live_before);
        spin_lock(&h->lock);
    }
    spin_unlock(&h->lock);
    return ran;
}

int64_t retired_min(int64_t min)
{
    for (uint32_t i = ld_relaxed(&sched.nprocs); i < ld_acquire(&sched.nallp); i++) {
        int64_t t = ld_relaxed(&sched.allp[i]->timers.min);
        if (t < min)
            min = t;
    }
    return min;
}

void timers_verify(struct p *p)
{
    struct timers *h = &p->timers;
    spin_lock(&h->lock); /* foreign threads are not stopped */
    for (uint32_t i = 0; i < h->n; i++) {
        struct timer *t = h->heap[i].t;
        ensure(t->index == i && t->p == p && t->state == TIMER_ARMED); /* T1 */
        ensure(t->when == h->heap[i].when);
        ensure(i == 0 || h->heap[(i - 1) / ARITY].when <= t->when);
    }
    ensure(h->min == (h->n ? h->heap[0].when : INT64_MAX)); /* T2 */
    spin_unlock(&h->lock);
}

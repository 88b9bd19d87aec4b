/* SPDX-License-Identifier: MIT */
/* Choosing what to run next on a P; park, ready, yield and the end of a
 * goroutine.  What is done when the P has nothing is in find.c and idle.c. */
#include "sched/alien.h"
#include "sched/chaos.h"
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/local.h"
#include "sched/next.h"
#include "sched/runq.h"
#include "timer/heap.h"

/* How often the global queue is looked at, in dispatches. */
enum { GLOBAL_TURNS = 256 };

/* sysmon has seen the same goroutine wait at the head of the ring, or at the old
 * end of newq, for long: runnext and newq would never let it run.  By time, not
 * by count: in a tree of goroutines, each one taken out of turn opens another
 * subtree, and thousands would be live where a few dozen do. */
static struct g *pick_fair(struct p *p)
{
    uint32_t n = p->newq_n;
    st_relaxed(&p->fair, false);
    p->fair_turn = !p->fair_turn;
    if (!p->fair_turn || n < 2)
        return ring_pop(p);
    struct g *g = p->newq[0];
    for (uint32_t i = 1; i < n; i++)
        p->newq[i - 1] = p->newq[i];
    st_relaxed(&p->newq_n, n - 1);
    return g;
}

struct g *pick_local(struct p *p)
{
    struct g *g = p->runnext;
    if (g) {
        st_relaxed(&p->runnext, NULL);
        return g;
    }
    uint32_t n = p->newq_n;
    if (n) {
        st_relaxed(&p->newq_n, n - 1);
        if (n == 1)
            st_relaxed(&p->newq_epoch, p->newq_epoch + 1);
        return p->newq[n - 1];
    }
    return ring_pop(p);
}

struct g *pick_next(struct m *m)
{
    struct p *p = m->p;
    uint32_t turn = ++p->turn;
    struct g *g = NULL;
    st_relaxed(&p->tick, p->tick + 1);
    if (unlikely(m->locked_g != NULL))
        return m->g0; /* the thread is kept for its goroutine */
    if (unlikely(turn % TIMER_TURNS == 0)) {
        if (timers_due(p))
            return m->g0; /* they take locks, and we may hold one */
        if (turn % GLOBAL_TURNS == 0)
            g = global_pop(p);
        else if (ld_relaxed(&p->fair))
            g = pick_fair(p);
    }
    if (unlikely(chaos_on) && !g)
        g = chaos_pick(m, p);
    if (!g)
        g = pick_local(p);
    if (unlikely(!g))
        return m->g0;
    if (unlikely(g->locked_m != NULL)) {
        m->found_locked = g;
        return m->g0;
    }
    return g;
}

never_inline void finish_switch_slow(struct m *m)
{
    struct g *prev = m->prev;
    uint32_t after = m->after;
    m->after = AFTER_NOTHING;
    switch (after) {
    case AFTER_YIELD:
        ring_push(m->p, prev);
        break;
    case AFTER_GLOBAL:
        spin_lock(&sched.lock);
        global_push(prev, prev, 1);
        spin_unlock(&sched.lock);
        wake_for_global();
        break;
    case AFTER_FREE:
        if (prev != sched.main_g)
            g_put(m->p, prev);
        break;
    default:
        bug("after %u", after);
    }
}

struct m *park(struct m *m, uint32_t *lock, enum wait_reason why)
{
    struct g *g = m->curg;
    if (unlikely(m->alien))
        return alien_park(m, lock, why);
    assert(m->p && ld_relaxed(&m->in_rt));
    st_relaxed(&g->reason, (uint8_t)why);
    st_relaxed(&g->since, ld_relaxed(&sched.now_coarse));
    st_relaxed(&g->status, (uint8_t)G_WAITING);
    g->wait_lock = lock;
    m->after_lock = lock;
    return switch_to(m, take_next(m));
}

void ready(struct m *m, struct g *g)
{
    if (unlikely(g->alien)) {
        alien_ready(g);
        return;
    }
    struct p *p = m->p;
    st_relaxed(&g->status, (uint8_t)G_RUNNABLE);
    if (unlikely(!p)) {
        ready_global(g);
        return;
    }
    struct g *kicked = p->runnext;
    if (unlikely(chaos_on) && chaos_one_in(m, 2)) {
        ring_push(p, g);
        return;
    }
    st_relaxed(&p->runnext, g);
    if (kicked) {
        ring_push(p, kicked);
        wake_hint();
    }
}

void ready_all(struct m *m, struct go_waiter_ *first)
{
    while (first) {
        struct go_waiter_ *next = first->next; /* its stack is gone after ready */
        ready(m, first->g);
        first = next;
    }
}

struct m *yield(struct m *m)
{
    if (unlikely(m->alien)) {
        alien_yield();
        return m;
    }
    struct g *g = m->curg, *next = pick_next(m);
    if (next == m->g0 && !m->found_locked && !m->locked_g && runq_empty(m->p)) {
        /* Through g0 we would be found again before the global queue is. */
        struct g *other = global_pop(m->p);
        if (other && other->locked_m)
            m->found_locked = other;
        else if (other)
            next = other;
    }
    if (next == m->g0 && !m->found_locked && runq_empty(m->p) && ld_relaxed(&sched.gq_n) == 0 &&
        !timers_due(m->p))
        return m; /* alone: nothing to give way to */
    st_relaxed(&g->status, (uint8_t)G_RUNNABLE);
    m->after = AFTER_YIELD;
    wake_hint();
    return switch_to(m, next);
}

/* End of the current goroutine, inside the runtime. */
static void goroutine_end(struct m *m) __attribute__((noreturn));
static void goroutine_end(struct m *m)
{
    struct g *g = m->curg;
    st_release(&m->p->live, m->p->live - 1); /* pairs with go_count */
    st_relaxed(&g->status, (uint8_t)G_DEAD);
    m->after = AFTER_FREE;
    switch_to(m, m->exiting ? m->g0 : pick_next(m));
    bug("goroutine %llu ran after its end", (unsigned long long)g->id);
}

void goroutine_exit(void)
{
    struct g *g = m_self()->curg;
    g->defers = NULL; /* those of frames left by longjmp */
    g->leaving = NULL;
    if (unlikely(g->locals != NULL))
        locals_destroy(g); /* user code: outside the runtime */
    struct m *m = rt_enter();
    if (unlikely(m->curg->locked_m != NULL)) {
        m->curg->locked_m = NULL;
        m->curg->lock_count = 0;
        m->locked_g = NULL;
        m->exiting = true;
    }
    goroutine_end(m);
}

never_inline void goroutine_main(void)
{
    struct m *m = m_self();
    struct g *g = m->curg;
    if (unlikely(sanitizer_on))
        switch_arrived_sanitizer(m, g);
    finish_switch(m);
    if (g->is_g0)
        schedule_loop(m);
    *m->errno_p = 0;
    rt_exit(m);
    g->entry(g->args);
    goroutine_exit();
}

/* SPDX-License-Identifier: MIT */
/* The way that most wake-ups and most parks take, without a call: through runnext. */
#ifndef SCHED_NEXT_H
#define SCHED_NEXT_H

#include "sched/chaos.h"
#include "sched/park.h"
#include "sched/switch.h"

/* Every so many dispatches the timers are looked at, and whether somebody waits for long. */
enum { TIMER_TURNS = 8 };

/* ready_next - ready(). */
static inline void ready_next(struct m *m, struct g *g)
{
    struct p *p = m->p;
    if (unlikely(g->alien || !p || p->runnext || chaos_on)) {
        ready(m, g);
        return;
    }
    st_relaxed(&g->status, (uint8_t)G_RUNNABLE);
    st_relaxed(&p->runnext, g);
}

/* take_next - pick_next(). */
static inline struct g *take_next(struct m *m)
{
    struct p *p = m->p;
    struct g *g = p->runnext;
    uint32_t turn = p->turn + 1;
    if (unlikely(!g || turn % TIMER_TURNS == 0 || m->locked_g || g->locked_m || chaos_on))
        return pick_next(m);
    p->turn = turn;
    st_relaxed(&p->tick, p->tick + 1);
    st_relaxed(&p->runnext, NULL);
    return g;
}

#endif

/* SPDX-License-Identifier: MIT */
/* What a goroutine can ask and tell about itself. */
#include "sched/entry.h"
#include "sched/idle.h"
#include "sched/park.h"
#include "sched/revoke.h"
#include "sched/runq.h"
#include "sched/switch.h"
#include "sched/world.h"

#include <goroutine/go.h>

void go_yield(void)
{
    rt_exit(yield(rt_enter()));
}

uint64_t go_id(void)
{
    struct m *m = rt_enter();
    uint64_t id = m->curg->id;
    rt_exit(m);
    return id;
}

const char *go_name(void)
{
    struct m *m = rt_enter();
    const char *name = m->curg->name;
    rt_exit(m);
    return name ? name : "";
}

int64_t go_count(void)
{
    rt_exit(rt_enter()); /* the runtime has started */
    int64_t n = ld_relaxed(&sched.live_elsewhere);
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++)
        n += ld_acquire(&sched.allp[i]->live); /* who is not counted any more has done its work */
    return n;
}

int go_maxprocs(int n)
{
    struct m *m = rt_enter();
    int old = (int)ld_relaxed(&sched.nprocs);
    if (n > 0 && n != old) {
        m = world_stop(m);
        old = (int)sched.nprocs;
        world_resize(m, (uint32_t)n);
        m = world_start(m);
    }
    rt_exit(m);
    return old;
}

/* The thread is the one on which it is called: who has begun something there may lock
 * himself to it in the middle.  So it does not enter the runtime, where the goroutine may be
 * moved.  Outside nobody else looks at these fields; a P that was taken away is missed at
 * the next entry, by a goroutine that is locked by then. */
void go_lock_thread(void)
{
    if (unlikely(ld_relaxed(&m_self()->revoked) == R_ALIEN))
        rt_exit(rt_enter()); /* it may be the first call of all, and make main a goroutine */
    struct m *m = m_self();
    struct g *g = m->curg;
    if (!m->alien && g->lock_count++ == 0) {
        g->locked_m = m;
        m->locked_g = g;
    }
}

void go_unlock_thread(void)
{
    struct m *m = rt_enter();
    struct g *g = m->curg;
    if (!m->alien && g->lock_count > 0 && --g->lock_count == 0) {
        g->locked_m = NULL;
        m->locked_g = NULL;
    }
    rt_exit(m);
}

/* Of an M that is outside the runtime nobody else changes curg.  A P that has been taken
 * away does not matter: the next call gets one. */
bool go_on_goroutine(void)
{
    const struct m *m = m_self();
    const char *sp = __builtin_frame_address(0);
    if (ld_relaxed(&m->revoked) == R_ALIEN || ld_relaxed(&m->in_rt))
        return false;
    const struct g *g = m->curg;
    return sp >= g->stack_lo && sp < g->stack_hi;
}

void go_block_(void (*entry)(void *), void *args)
{
    struct m *m = rt_enter();
    bool others = !m->alien && (!runq_empty(m->p) || ld_relaxed(&sched.gq_n) ||
                                ld_relaxed(&m->p->timers.min) != INT64_MAX);
    if (others)
        m_lose(m); /* else sysmon takes the P once somebody needs it */
    rt_exit(m);
    entry(args);
    if (others)
        rt_exit(rt_enter());
}

int *go_errno_location(void)
{
    return __errno_location();
}

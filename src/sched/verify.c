/* SPDX-License-Identifier: MIT */
/* go_verify: the numbered invariants of the scheduler's structures. */
#include "sched/defer.h"
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/io.h"
#include "sched/limit.h"
#include "sched/runq.h"
#include "sched/world.h"
#include "timer/heap.h"

#include <goroutine/debug.h>

static void verify_g(struct g *g, void *arg)
{
    uint8_t status = ld_relaxed(&g->status);
    (void)arg;
    ensure(status == G_RUNNABLE || status == G_RUNNING || status == G_WAITING);
    ensure(g->id != 0);
    if (!g->alien && status != G_RUNNING)
        ensure((char *)g->ctx.sp > g->stack_lo && (char *)g->ctx.sp <= g->stack_hi);
    if (!g->alien && status == G_WAITING)
        defers_verify(g);
}

static void verify_runnable(struct g *g)
{
    ensure(g && !g->alien && !g->is_g0 && ld_relaxed(&g->status) == G_RUNNABLE);
}

static void verify_p(struct p *p)
{
    uint32_t head = ld_relaxed(&p->head), tail = ld_relaxed(&p->tail), n = 0;
    ensure(tail - head <= RUNQ_SIZE && p->newq_n <= NEWQ_SIZE);
    for (; head != tail; head++)
        verify_runnable(p->ring[head % RUNQ_SIZE]);
    for (uint32_t i = 0; i < p->newq_n; i++)
        verify_runnable(p->newq[i]);
    if (p->runnext)
        verify_runnable(p->runnext);
    for (struct g *g = p->gfree; g; g = g->link, n++)
        ensure(ld_relaxed(&g->status) == G_DEAD);
    ensure(n == p->ngfree);
    timers_verify(p);
}

static void verify_lists(void)
{
    uint32_t n = 0;
    spin_lock(&sched.lock);
    for (struct p *p = sched.pidle; p; p = p->idle_link, n++)
        ensure(p->idle && !p->m);
    ensure(n == sched.npidle && n <= sched.nprocs);
    n = 0;
    for (struct m *m = sched.midle; m; m = m->idle_link, n++)
        ensure(m->idle);
    ensure(n == sched.nmidle);
    n = 0;
    for (struct g *g = sched.gq_head; g; g = g->link, n++)
        verify_runnable(g);
    ensure(n == sched.gq_n);
    spin_unlock(&sched.lock);
}

void go_verify(void)
{
    struct m *m = world_stop(rt_enter());
    for (uint32_t i = 0; i < sched.nallp; i++)
        verify_p(sched.allp[i]);
    verify_lists();
    limit_verify();
    if (ld_acquire(&io_ops))
        ld_acquire(&io_ops)->verify();
    stack_verify();
    all_g(verify_g, NULL);
    rt_exit(world_start(m));
}

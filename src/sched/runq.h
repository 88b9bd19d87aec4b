/* SPDX-License-Identifier: MIT */
/* The run queues.
 *
 * Each P has three, in the order in which it runs them:
 *   runnext   the goroutine readied last: it inherits the slice
 *   newq      spawned here and not yet run, newest first.  A tree of goroutines
 *             is run depth first, so few of them are live at once
 *   ring      readied before that, or yielded: oldest first
 * runnext and newq are the owner's alone and cost no locked instruction.
 * Thieves reach only the ring.  So that nothing is hidden behind a goroutine
 * that computes for long, sysmon asks the owner to move newq into the ring
 * (p_ask), or takes the whole P away (sched/sysmon.c).
 *
 * Then there is the global queue, under sched.lock.
 */
#ifndef SCHED_RUNQ_H
#define SCHED_RUNQ_H

#include "sched/types.h"

/* ring_push - owner.  A full ring moves its older half to the global queue. */
void ring_push_full(struct p *p, struct g *g);

static inline uint32_t ring_len(struct p *p)
{
    return ld_relaxed(&p->tail) - ld_relaxed(&p->head);
}

static inline void ring_push(struct p *p, struct g *g)
{
    uint32_t tail = p->tail;
    /* Acquire pairs with the CAS of a thief: it has read the slot. */
    if (unlikely(tail - ld_acquire(&p->head) >= RUNQ_SIZE)) {
        ring_push_full(p, g);
        return;
    }
    st_relaxed(&p->ring[tail % RUNQ_SIZE], g);
    st_release(&p->tail, tail + 1); /* pairs with the acquire in ring_steal */
}

/* ring_pop - owner: the oldest, or NULL. */
static inline struct g *ring_pop(struct p *p)
{
    for (;;) {
        uint32_t head = ld_relaxed(&p->head);
        if (head == p->tail)
            return NULL;
        struct g *g = ld_relaxed(&p->ring[head % RUNQ_SIZE]);
        if (likely(cas(&p->head, head, head + 1)))
            return g;
    }
}

/* ring_steal - move half of the victim's ring to p, which the caller owns and
 * whose ring is empty.  Returns one of them, to run now, or NULL. */
struct g *ring_steal(struct p *p, struct p *victim);

/* newq_share - owner: move newq into the ring, oldest first. */
void newq_share(struct p *p);

/* runq_empty - nothing runnable on p.  Exact for the owner. */
static inline bool runq_empty(struct p *p)
{
    return !ld_relaxed(&p->runnext) && ld_relaxed(&p->newq_n) == 0 && ring_len(p) == 0;
}

/* global_push - add a chain of n (first..last by link); caller holds sched.lock. */
void global_push(struct g *first, struct g *last, uint32_t n);

/* global_pop - take a fair share for p: one is returned, the rest go to p's
 * ring.  Takes sched.lock.  p may be NULL: one only. */
struct g *global_pop(struct p *p);

/* runq_drain - move everything of p to the global queue; caller owns p and
 * holds sched.lock. */
void runq_drain(struct p *p);

#endif

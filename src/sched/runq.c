/* SPDX-License-Identifier: MIT */
#include "sched/runq.h"

void global_push(struct g *first, struct g *last, uint32_t n)
{
    last->link = NULL;
    *(sched.gq_tail ? &sched.gq_tail->link : &sched.gq_head) = first;
    sched.gq_tail = last;
    st_relaxed(&sched.gq_n, sched.gq_n + n);
}

static struct g *global_take(void)
{
    struct g *g = sched.gq_head;
    if (g) {
        sched.gq_head = g->link;
        if (!sched.gq_head)
            sched.gq_tail = NULL;
        st_relaxed(&sched.gq_n, sched.gq_n - 1);
    }
    return g;
}

struct g *global_pop(struct p *p)
{
    if (ld_relaxed(&sched.gq_n) == 0)
        return NULL;
    spin_lock(&sched.lock);
    struct g *g = global_take();
    if (g && p) {
        uint32_t share = sched.gq_n / sched.nprocs;
        uint32_t room = RUNQ_SIZE / 2 - (ring_len(p) < RUNQ_SIZE / 2 ? ring_len(p) : RUNQ_SIZE / 2);
        if (share > room)
            share = room;
        while (share-- > 0)
            ring_push(p, global_take());
    }
    spin_unlock(&sched.lock);
    return g;
}

/* The owner acts as its own thief: takes the older half by one CAS. */
never_inline void ring_push_full(struct p *p, struct g *g)
{
    enum { HALF = RUNQ_SIZE / 2 };
    struct g *batch[HALF];
    uint32_t head = ld_acquire(&p->head);
    if (p->tail - head < RUNQ_SIZE) {
        ring_push(p, g); /* a thief made room */
        return;
    }
    for (uint32_t i = 0; i < HALF; i++)
        batch[i] = ld_relaxed(&p->ring[(head + i) % RUNQ_SIZE]);
    if (!cas(&p->head, head, head + HALF)) {
        ring_push(p, g);
        return;
    }
    for (uint32_t i = 0; i + 1 < HALF; i++)
        batch[i]->link = batch[i + 1];
    spin_lock(&sched.lock);
    global_push(batch[0], batch[HALF - 1], HALF);
    spin_unlock(&sched.lock);
    ring_push(p, g);
}

struct g *ring_steal(struct p *p, struct p *victim)
{
    for (;;) {
        uint32_t head = ld_acquire(&victim->head);
        uint32_t tail = ld_acquire(&victim->tail); /* pairs with ring_push */
        uint32_t n = tail - head;
        if (n == 0)
            return NULL;
        if (n > RUNQ_SIZE) /* read head, then much happened, then read tail */
            continue;
        n -= n / 2;
        uint32_t mine = p->tail;
        for (uint32_t i = 0; i < n; i++) {
            struct g *g = ld_relaxed(&victim->ring[(head + i) % RUNQ_SIZE]);
            st_relaxed(&p->ring[(mine + i) % RUNQ_SIZE], g);
        }
        if (!cas(&victim->head, head, head + n))
            continue;
        n--;
        struct g *g = p->ring[(mine + n) % RUNQ_SIZE];
        st_release(&p->tail, mine + n);
        return g;
    }
}

void newq_share(struct p *p)
{
    uint32_t n = p->newq_n;
    st_relaxed(&p->newq_n, 0u);
    st_relaxed(&p->newq_epoch, p->newq_epoch + 1);
    for (uint32_t i = 0; i < n; i++)
        ring_push(p, p->newq[i]);
}

void runq_drain(struct p *p)
{
    struct g *g = p->runnext;
    if (g)
        global_push(g, g, 1);
    st_relaxed(&p->runnext, NULL);
    for (uint32_t i = 0; i < p->newq_n; i++)
        global_push(p->newq[i], p->newq[i], 1);
    st_relaxed(&p->newq_n, 0u);
    while ((g = ring_pop(p)))
        global_push(g, g, 1);
}

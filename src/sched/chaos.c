/* SPDX-License-Identifier: MIT */
#include "sched/chaos.h"

#include "sched/runq.h"

uint32_t chaos_below(uint32_t n)
{
    static uint64_t state; /* sysmon alone */
    if (state == 0)
        state = options.chaos * UINT64_C(0x9E3779B97F4A7C15) | 1;
    return rand_below(&state, n);
}

struct g *chaos_pick(struct m *m, struct p *p)
{
    switch (rand_below(&m->rand, 4)) {
    case 0:
        return ring_pop(p);
    case 1:
        return global_pop(p);
    case 2:
        newq_share(p);
        return ring_pop(p);
    default:
        return NULL;
    }
}

/* SPDX-License-Identifier: MIT */
/* Misbehaviour on purpose: GO_DEBUG=chaos=SEED.
 *
 * Readied goroutines go to the ring instead of runnext, dispatch takes from a
 * random queue, every ring is worth stealing from, and sysmon takes Ps away and
 * asks for yields at random.  Everything it does is allowed to happen anyway.
 */
#ifndef SCHED_CHAOS_H
#define SCHED_CHAOS_H

#include "base/options.h"
#include "base/rand.h"
#include "sched/types.h"

#define chaos_on (options.chaos != 0)

/* chaos_one_in - true once in n calls, from the M's own generator. */
static inline bool chaos_one_in(struct m *m, uint32_t n)
{
    return rand_below(&m->rand, n) == 0;
}

/* chaos_below - for sysmon. */
uint32_t chaos_below(uint32_t n);

/* chaos_pick - a goroutine out of turn, or NULL. */
struct g *chaos_pick(struct m *m, struct p *p);

#endif

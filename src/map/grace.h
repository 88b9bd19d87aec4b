/* SPDX-License-Identifier: MIT */
/* When may what was taken out of a map be freed?  Readers take no lock.
 *
 * A reader counts itself in and out at a gate, under the phase that it found, 0 or 1:
 *
 *   reader, pin:      ph = phase;  in[ph]++;   (plain)  ... reads the map ...
 *   reader, unpin:    out[ph]++                (release)
 *   collector (one at a time):
 *       cut what was retired off into next
 *       o = sum of out[1 - phase] (acquire);  membarrier;  i = sum of in[1 - phase]
 *       if i == o: free waiting;  waiting = next;  phase = 1 - phase
 *
 * Each P has a gate of its own, so that counting is two plain instructions on a line
 * that no other processor writes: a goroutine inside the runtime owns its P.  It may
 * leave at another gate than it came in by.  Foreign threads, and Ps made after the
 * core, share gates and count with locked instructions.
 *
 *  G1  membarrier is a full fence on every thread; it pairs with the compiler-only
 *      ordering after in++.  A reader whose in++ is missed by the sum reads the map after
 *      that fence, hence does not find what was taken out and cut off before it.
 *  G2  out is summed first: a reader seen to leave has been seen to come.  So i == o means
 *      that no reader that came before the fence under that phase is left.
 *  G3  What waits was cut off before a look at the gates that found phase 1 - p drained,
 *      where p is the phase left then.  Who may still know it came under p: those that
 *      came under 1 - p before were gone, and those later read after G1's fence.  So it
 *      is free when p has drained once.
 *
 * A reader that never leaves stops the freeing in its map and nothing else.
 */
#ifndef MAP_GRACE_H
#define MAP_GRACE_H

#include "map/map.h"
#include "sched/entry.h"

/* How often a change of the map looks at the gates: membarrier interrupts every
 * processor, so seldom; but values that wait to be destroyed may be large. */
#define COLLECT_VALUES 64
#define COLLECT_NODES  512

/* gate_of - the caller's gate.  Inside the runtime.  *own: nobody else counts there. */
static inline struct gate *gate_of(const struct go_map_core_ *core, const struct m *m, bool *own)
{
    *own = !m->alien && m->p->index < core->ngates;
    return &core->gate[likely(*own) ? m->p->index : core->ngates + m->id % core->ngates];
}

/* Release for G2; what counts in needs none, but on one of our processors it is free. */
static inline void count_up(uint64_t *n, bool own)
{
    if (likely(own))
        st_release(n, ld_relaxed(n) + 1);
    else
        __atomic_fetch_add(n, 1, __ATOMIC_RELEASE);
}

/* gate_enter, gate_leave - inside the runtime.  A map without a core yet has a gate for
 * all in itself. */
static inline unsigned gate_enter(go_map *map, const struct go_map_core_ *core, struct m *m)
{
    unsigned ph = ld_acquire(&map->phase_) & 1;
    bool own = false;
    count_up(likely(core) ? &gate_of(core, m, &own)->in[ph] : &map->in_[ph], own);
    compiler_barrier(); /* G1 */
    return ph;
}

static inline void gate_leave(go_map *map, const struct go_map_core_ *core, struct m *m,
                              unsigned ph)
{
    bool own = false;
    count_up(likely(core) ? &gate_of(core, m, &own)->out[ph] : &map->out_[ph], own);
}

/* retire - hand over a chain that readers can no longer find.  No lock held: callbacks
 * may run. */
void retire(go_map *map, struct go_map_core_ *core, struct retired *chain);

/* gates_empty - nobody has a pin. */
bool gates_empty(const go_map *map, const struct go_map_core_ *core);

#endif

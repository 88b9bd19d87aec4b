/* SPDX-License-Identifier: MIT */
/* Telling the sanitizers about each switch; only when there is one. */
#include "sched/switch.h"

not_for_tsan void switch_note_sanitizer(struct m *m, struct g *from, struct g *to)
{
    bool ends = m->after == AFTER_FREE;
    fiber_leave(ends ? NULL : &from->fiber, &to->fiber, to->stack_lo, to->stack_hi);
}

not_for_tsan void switch_arrived_sanitizer(struct m *m, struct g *me)
{
    const char *lo, *hi;
    (void)m;
    fiber_arrive(&me->fiber, &lo, &hi);
}

/* SPDX-License-Identifier: MIT */
/* What is done at each switch by those who asked for it. */
#include "sched/cputime.h"
#include "sched/limit.h"
#include "sched/switch.h"

uint32_t switch_hooks;

void switch_hook(enum switch_hooks bit, bool on)
{
    if (on)
        __atomic_fetch_or(&switch_hooks, (uint32_t)bit, __ATOMIC_RELAXED);
    else
        __atomic_fetch_and(&switch_hooks, ~(uint32_t)bit, __ATOMIC_RELAXED);
}

/* The sanitizers come last: after that we are on the other fiber. */
not_for_tsan void switch_note(struct m *m, struct g *from, struct g *to)
{
    uint32_t hooks = ld_relaxed(&switch_hooks);
    bool ends = m->after == AFTER_FREE;
    if (hooks & HOOK_CPUTIME)
        cputime_leave(m, from);
    if ((hooks & HOOK_LIMIT) && ends)
        limit_ended(m);
    if (hooks & HOOK_SANITIZER)
        fiber_leave(ends ? NULL : &from->fiber, &to->fiber, to->stack_lo, to->stack_hi);
}

not_for_tsan void switch_arrived_sanitizer(struct m *m, struct g *me)
{
    const char *lo, *hi;
    (void)m;
    fiber_arrive(&me->fiber, &lo, &hi);
}

/* SPDX-License-Identifier: MIT */
/* Starting goroutines from inside the runtime, e.g. from a timer that fires. */
#ifndef SCHED_SPAWN_H
#define SCHED_SPAWN_H

#include "sched/types.h"

#include <goroutine/go.h>

/* What a trace says of where a goroutine came from. */
struct origin {
    const void *fn;     /* what it runs, for its name */
    void *pc;           /* return address of the call that asked for it */
    uint64_t parent_id; /* who made that call */
};

/* spawn_inside - inside the runtime, holding no lock: a goroutine that runs entry on
 * a copy of args, behind those that are runnable.  Never parks, so it may be called on
 * g0.  false: out of memory.
 *
 * Who calls it many times lets those run in between that it has started (timers_run). */
bool spawn_inside(struct m *m, void (*entry)(void *), const void *args, size_t size,
                  struct origin from);

/* spawn_with_id - outside the runtime, as go_spawn_or_die_, with *id set to the
 * goroutine's before it can run.  from.parent_id is not looked at. */
void spawn_with_id(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
                   struct origin from, uint64_t *id);

#endif

/* SPDX-License-Identifier: MIT */
/* Getting and recycling goroutines.
 *
 * The record of a goroutine lies at the top of its own stack, so that a parked
 * one costs one page.  Dead ones are kept by the P that ended them, newest
 * first: the next goroutine starts on a warm stack.
 */
#ifndef SCHED_G_H
#define SCHED_G_H

#include "sched/types.h"
#include "stack/stack.h"

/* g_at - the record of the goroutine whose stack ends at top. */
static inline struct g *g_at(char *top)
{
    return (struct g *)(void *)(top - (sizeof(struct g) + 63) / 64 * 64);
}

/* g_get - a goroutine with a stack of the class; NULL when out of memory.
 * p may be NULL (a thread that is not ours). */
struct g *g_get(struct p *p, int class);

/* g_put - recycle one that has ended and is no longer running. */
void g_put(struct p *p, struct g *g);

/* p's spare goroutines back to the stacks' lists, all or the older half. */
void g_cache_flush(struct p *p, uint32_t keep);

/* all_g - visit every live goroutine, those of foreign threads too.  With the
 * world stopped. */
void all_g(void (*visit)(struct g *g, void *arg), void *arg);

/* stack_guard_owner - the goroutine whose guard holds addr, or NULL.
 * Async-signal-safe. */
struct g *stack_guard_owner(const void *addr);

/* goid_take - a new id.  1 is kept for the main goroutine, whenever it comes. */
enum { MAIN_ID = 1 };
uint64_t goid_take(struct p *p);

#endif

/* SPDX-License-Identifier: MIT */
/* What a go_pool consists of; how it works is told in pool.c. */
#ifndef SYNC_POOL_H
#define SYNC_POOL_H

#include "base/spin.h"
#include "sched/types.h"

#include <goroutine/pool.h>

/* A cell takes two lines, a batch one. */
enum { CELL_ITEMS = 13, BATCH_ITEMS = 6 };

/* The store of one P.  [cell]: by the owner between cell_open and cell_close; by who
 * seized it.  The P is its owner through the M that runs inside the runtime with it. */
struct cell {
    uint32_t in cache_aligned; /* [owner] inside the cell; read by who seizes it */
    uint32_t seized;           /* [atomic] written under seizing */
    uint32_t n;                /* [cell] [peek] */
    uint32_t turn;             /* [owner] [peek] counts what the owner did */
    uint32_t seen;             /* seizing: turn at the last ageing */
    void *item[CELL_ITEMS];    /* [cell] oldest first, n of them */
};

/* Some items on their way between cells. */
struct batch {
    struct batch *next;
    uint32_t n;
    void *item[BATCH_ITEMS]; /* oldest first */
};

/* Chunk k has the cells of 2^k Ps: of P number 2^k - 1 and those that follow. */
enum { CELL_CHUNKS = 11 };
_Static_assert((1 << CELL_CHUNKS) - 1 >= MAX_PROCS, "a cell for each P");

struct go_pool_ {
    struct spin lock;     /* the depot's; innermost */
    struct batch *recent; /* lock: newest first */
    struct batch *old;    /* lock: what was in recent at the last ageing */
    struct batch *spare;  /* lock: empty ones */

    struct spin seizing; /* outside the runtime: only tried, and held for long */
    int64_t next_age;    /* [atomic] time */
    int64_t next_steal;  /* [atomic] time */

    struct cell *chunk[CELL_CHUNKS]; /* [atomic] set once, by a CAS that releases */
};

/* pool_age - a period has passed: drop what was there a period ago and still is. */
void pool_age(go_pool *pool);

/* pool_steal - take an item out of the cell that has most.  NULL: there is none, or
 * another steals. */
void *pool_steal(go_pool *pool);

/* pool_verify - the invariants of pool.c, at any time; outside the runtime.  Returns how
 * many items there are. */
size_t pool_verify(go_pool *pool);

#endif

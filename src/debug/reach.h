/* SPDX-License-Identifier: MIT */
/* The search of leaks.h: candidates, what they wait for, and what can be reached.
 * All of it belongs to the one who has stopped the world and all threads. */
#ifndef DEBUG_REACH_H
#define DEBUG_REACH_H

#include "debug/heapwalk.h"
#include "debug/regions.h"
#include "debug/spans.h"

struct g;

/* A goroutine that may be leaked.  First field: sorted by it. */
struct candidate {
    uintptr_t sp; /* its stack is [sp, hi) */
    uintptr_t hi; /* end of its variables: its record, if that is on its stack */
    struct g *g;
    uint32_t queued; /* queues in which it was found */
    bool live;       /* somebody may wake it */
    bool seen;       /* its stack has been searched, or will be */
    bool bounded;    /* its wait ends by itself */
};

/* An object that a candidate waits for. */
struct object {
    uintptr_t at;
    size_t candidate; /* index */
};

/* A channel in memory that is not understood as blocks. */
struct lone_channel {
    uintptr_t lo, hi;
    bool reached;
};

struct reach {
    struct candidate *c;
    size_t nc, capc;
    struct object *o;
    size_t no, capo;
    struct lone_channel *l;
    size_t nl, capl;

    struct regions regions;
    struct heaps heaps;
    struct reader reader;
    struct spans work;    /* still to be searched: memory in which holes may be */
    struct spans near;    /* and what is sure to be there: stacks, blocks, channels */
    struct spans without; /* of the regions, what is no place to look in */
    bool opaque;          /* somebody is in malloc: no heap is understood */
    bool failed;          /* no memory */

    uintptr_t lo, hi;  /* all that can be hit lies in here */
    uintptr_t main_hi; /* end of main's frames */
    struct span quiet; /* words in here do not lead to main's stack */
    uintptr_t main_sp; /* of main's candidate, or 0 */
};

bool reach_candidate(struct reach *r, struct g *g);
bool reach_object(struct reach *r, uintptr_t at, size_t candidate);

/* reach_sort - after the last candidate and object: the indices change, and objects
 * are made to follow.  Then reach_index_of finds a candidate by its record. */
void reach_sort(struct reach *r);
size_t reach_index_of(const struct reach *r, const struct g *g);

/* reach_prepare - all is known but where objects lie: notes lone channels, and sets
 * free whoever waits for something that anybody can get at. */
void reach_prepare(struct reach *r);

/* reach_live - candidate i may be woken. */
void reach_live(struct reach *r, size_t i);

/* reach_roots - all regions, but without r->without and the heaps.  The last to be
 * added: r's own memory is left out. */
void reach_roots(struct reach *r);

/* reach_all - search until nothing is left to be. */
void reach_all(struct reach *r);
void reach_free(struct reach *r);

#endif

/* SPDX-License-Identifier: MIT */
/* go_map: striped open addressing with loads that take no lock.
 *
 *   go_map ---> core: seed, gates, what is retired
 *                |
 *                +--> stripe[]: a mutex, a count, a table    (chosen by the hash's top bits)
 *                                                |
 *                                                +--> slot[]: tagged pointers to nodes
 *                                                             {hash, birth, key, value}
 *
 * A load probes the table of one stripe.  What changes an entry locks its stripe.  What
 * is taken out (a node, a table that became too small) is retired and freed when no
 * reader can know it any more; see grace.h.
 *
 * The states of a slot, all edges with the stripe locked:
 *
 *          insert                  remove, next slot not EMPTY
 *   EMPTY --------> node ------------------------------------> TOMB
 *     ^              |  ^                                       |
 *     |              |  +---------------- insert ---------------+
 *     +--------------+------------- the next slot is EMPTY -----+
 *
 * Invariants, whenever the stripe's mutex is free:
 *  M1  every node of the table can be reached: no EMPTY slot lies between the slot that
 *      its hash names and its own.
 *  M2  no two nodes of a stripe have equal keys.
 *  M3  live is the number of nodes, used the number of slots that are not EMPTY, and
 *      2 * used <= slots, or, if memory was short, used < slots.
 *  M4  0 < birth <= births for every node in the table; a node that was removed has DEAD.
 * Checked by map_verify.
 *
 *  M5  While a key stays in the map, no slot on the way to it becomes EMPTY and its own
 *      keeps a node with that key.  So a reader that probes a table of the stripe,
 *      be it an old one, finds every key that was there from its start to its end.
 *  M6  A node's hash and key do not change.  Its value changes in place, with the stripe
 *      locked, unless the map owns its values: then a replacement is a new node in the
 *      same slot with the same birth, and the old node carries the old value away.
 */
#ifndef MAP_MAP_H
#define MAP_MAP_H

#include "base/alloc.h"
#include "base/atomic.h"

#include <goroutine/map.h>
#include <goroutine/sync.h>

/* What waits to be freed.  The beginning of a node and of a table. */
struct retired {
    struct retired *next; /* the list that holds it: see struct grave */
    uint32_t hash;        /* node: [imm] */
    uint32_t what;        /* enum what, set before it is retired */
};

enum what {
    RETIRED_TABLE = 0,
    RETIRED_NODE = 1, /* a bare one, or also: */
    OWNS_KEY = 2,
    OWNS_VALUE = 4,
};

struct node {
    struct retired head;
    uint64_t birth;  /* written with the stripe locked; read by range */
    const void *key; /* [imm] */
    void *value;     /* written with the stripe locked, released; loads acquire it */
};

#define DEAD UINT64_MAX

/* A slot: 0, TOMB, or a node's address with four bits of its hash in the low bits. */
#define EMPTY    ((uintptr_t)0)
#define TOMB     ((uintptr_t)16)
#define TAG_MASK ((uintptr_t)15)

struct table {
    struct retired head;
    uint32_t mask;    /* [imm] slots - 1 */
    uint32_t used;    /* the stripe's mutex */
    uintptr_t slot[]; /* written with the stripe locked, released; loads acquire it */
};

struct stripe {
    go_mutex mutex;
    struct table *table; /* written with mutex, released; loads acquire it; may be NULL */
    uint64_t births;     /* the same; nodes ever inserted */
    uint64_t live;       /* written with mutex, [peek] */
} cache_aligned;

/* Where readers count themselves, and where what they may know is put down; grace.h. */
struct gate {
    uint64_t in[2], out[2]; /* [atomic] see grace.h */
    struct retired *fresh;  /* [atomic] pushed by CAS, taken whole */
    uint32_t count;         /* [atomic] pushes: when to look */
} cache_aligned;

/* What was taken from the gates.  The lists belong to who holds busy. */
struct grave {
    uint32_t busy;           /* [atomic] 1: somebody collects; CAS takes, release store gives */
    struct retired *next;    /* cut off from fresh lists, before the next look at the gates */
    struct retired *waiting; /* until the readers of the last phase have left */
} cache_aligned;

struct go_map_core_ {
    uint64_t seed;         /* [imm] */
    uint32_t shift;        /* [imm] 64 - log2 of the number of stripes */
    uint32_t nstripes;     /* [imm] */
    uint32_t ngates;       /* [imm] gates of Ps; as many for foreign threads follow */
    struct stripe *stripe; /* [imm] */
    struct gate *gate;     /* [imm] */
    struct grave grave;
};

/* map_malloc - can be made to fail, as all of the library's memory. */
static inline void *map_malloc(size_t size)
{
    return fault(FAIL_MALLOC) ? NULL : malloc(size);
}

/* map_core - the core, made at its first use; NULL: out of memory. */
struct go_map_core_ *map_core(go_map *map);

uint64_t map_hash(const go_map *map, const struct go_map_core_ *core, const void *key);

static inline struct stripe *stripe_of(const struct go_map_core_ *core, uint64_t hash)
{
    return &core->stripe[hash >> core->shift];
}

static inline uintptr_t slot_tag(uint32_t hash)
{
    return hash >> 28;
}

static inline uintptr_t slot_of(const struct node *n)
{
    return (uintptr_t)((const char *)n + slot_tag(n->head.hash));
}

static inline struct node *node_of(uintptr_t slot)
{
    return (struct node *)(slot & ~TAG_MASK);
}

static inline bool has_equal(const go_map_kind *kind)
{
    return kind && kind->equal;
}

static inline bool owns_values(const go_map *map)
{
    return map->kind_ && map->kind_->destroy_value;
}

/* table_find - the node with that key, or NULL.  Pinned, or with the stripe locked; *at
 * is its slot then.  equal NULL: keys are compared as pointers. */
typedef bool key_equal(const void *a, const void *b);
struct node *table_find(const struct table *t, uint32_t hash, const void *key, key_equal *equal,
                        uint32_t *at);

/* table_room - the slot where a node with that hash goes.  Grows the table if need be;
 * an outgrown one is retired to *old.  NULL: out of memory.  Stripe locked. */
uintptr_t *table_room(struct stripe *s, uint32_t hash, struct retired **old);

/* table_remove - take out what is in slot i; the table may be replaced by a smaller one,
 * retired to *old.  Stripe locked. */
void table_remove(struct stripe *s, uint32_t i, struct retired **old);

/* node_end - a node has left its table: say what goes with it.  all: its key too, and
 * range no longer shows it; else another node has taken its place. */
static inline void node_end(const go_map *map, struct node *n, bool all)
{
    n->head.what = RETIRED_NODE;
    if (owns_values(map))
        n->head.what |= OWNS_VALUE;
    if (!all)
        return;
    st_relaxed(&n->birth, DEAD);
    if (map->kind_ && map->kind_->copy_key && map->kind_->free_key)
        n->head.what |= OWNS_KEY;
}

/* map_verify - M1 to M4.  Nobody may change the map meanwhile. */
void map_verify(const go_map *map);

#endif

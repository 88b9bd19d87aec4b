/* SPDX-License-Identifier: MIT */
/* The collector's side of grace.h, and the end of what it collects. */
#include "map/grace.h"

#include "os/membarrier.h"
#include "sched/defer.h"

#include <stdlib.h>

static uint64_t sum(const go_map *map, const struct go_map_core_ *core, bool out, unsigned ph)
{
    uint64_t n = ld_acquire(out ? &map->out_[ph] : &map->in_[ph]);
    for (uint32_t i = 0; i < 2 * core->ngates; i++) {
        const struct gate *g = &core->gate[i];
        n += ld_acquire(out ? &g->out[ph] : &g->in[ph]); /* pairs with count_up */
    }
    return n;
}

/* G1, G2 */
static bool drained(const go_map *map, const struct go_map_core_ *core, unsigned ph)
{
    uint64_t out = sum(map, core, true, ph);
    membarrier_all();
    return sum(map, core, false, ph) == out;
}

static struct retired **end_of(struct retired **list)
{
    while (*list)
        list = &(*list)->next;
    return list;
}

/* cut - take what is fresh to the front of next. */
static void cut(struct go_map_core_ *core)
{
    struct grave *g = &core->grave;
    for (uint32_t i = 0; i < 2 * core->ngates; i++) {
        struct gate *gate = &core->gate[i];
        if (!ld_relaxed(&gate->fresh))
            continue;
        struct retired *fresh = xchg_seq(&gate->fresh, (struct retired *)NULL);
        *end_of(&fresh) = g->next;
        g->next = fresh;
    }
}

/* advance - one look at the gates.  Returns what may be freed now.  busy is held. */
static struct retired *advance(go_map *map, struct go_map_core_ *core)
{
    struct grave *g = &core->grave;
    cut(core);
    unsigned ph = map->phase_ & 1; /* changed by the holder of busy alone */
    if ((!g->next && !g->waiting) || !drained(map, core, 1 - ph))
        return NULL;
    struct retired *gone = g->waiting;
    g->waiting = g->next; /* G3 */
    g->next = NULL;
    st_release(&map->phase_, (uint64_t)(1 - ph)); /* pairs with gate_enter */
    return gone;
}

/* pending - whether anything is left.  busy is held. */
static bool pending(const struct go_map_core_ *core)
{
    const struct grave *g = &core->grave;
    bool some = g->next || g->waiting;
    for (uint32_t i = 0; !some && i < 2 * core->ngates; i++)
        some = ld_relaxed(&core->gate[i].fresh);
    return some;
}

static bool owns(struct retired *r, uint32_t what)
{
    bool does = r->what & what;
    r->what &= ~what; /* each callback once, whether it returns or not */
    return does;
}

static void destroy(const go_map_kind *kind, struct retired *r)
{
    struct node *n = (struct node *)r;
    if (owns(r, OWNS_KEY))
        kind->free_key((void *)(uintptr_t)n->key);
    if (owns(r, OWNS_VALUE))
        kind->destroy_value(n->value);
}

/* The right to collect, and what it found. */
struct collecting {
    struct go_defer_ d;
    const go_map_kind *kind;
    struct grave *g;
    struct retired *gone;
};

/* If a callback did not return, what is left to do is found by the next who collects:
 * next is empty, or nothing would be gone. */
static void collect_end(void *arg)
{
    struct collecting *c = arg;
    if (c->gone)
        *end_of(&c->g->next) = c->gone;
    st_release(&c->g->busy, 0u); /* pairs with the CAS of the next one */
}

/* For the cleanup attribute. */
static void collect_left(struct collecting *c)
{
    defer_end(&c->d);
}

static void destroy_all(struct collecting *c)
{
    while (c->gone) {
        struct retired *r = c->gone;
        destroy(c->kind, r);
        c->gone = r->next;
        free(r);
    }
}

/* The right to collect is tried for, never waited for.  It is kept while callbacks run:
 * what they retire does not recurse into here, it is found by the next look. */
static bool collect(go_map *map, struct go_map_core_ *core, int looks)
{
    struct grave *g = &core->grave;
    if (!cas(&g->busy, 0u, 1u))
        return false;
    struct collecting c __attribute__((cleanup(collect_left))) = { .kind = map->kind_, .g = g };
    defer_push(this_g(), &c.d, DEFER_CALL, collect_end, &c);
    while (looks--) {
        c.gone = advance(map, core);
        destroy_all(&c);
    }
    return !pending(core);
}

/* push - true if it is time to look at the gates. */
static bool push(const go_map *map, struct gate *gate, struct retired *chain, struct retired **end)
{
    struct retired *first = ld_relaxed(&gate->fresh);
    do
        *end = first;
    while (!__atomic_compare_exchange_n(&gate->fresh, &first, chain, true, __ATOMIC_SEQ_CST,
                                        __ATOMIC_RELAXED)); /* pairs with cut */
    uint32_t every = owns_values(map) ? COLLECT_VALUES : COLLECT_NODES;
    return add_relaxed(&gate->count, 1u) % every == 0;
}

void retire(go_map *map, struct go_map_core_ *core, struct retired *chain)
{
    struct retired **end = end_of(&chain);
    bool own;
    struct m *m = rt_enter();
    bool look = push(map, gate_of(core, m, &own), chain, end);
    rt_exit(m);
    if (look)
        collect(map, core, 1);
}

/* Three looks: what is fresh becomes next, waiting, free. */
bool go_map_collect(go_map *map)
{
    struct go_map_core_ *core = ld_acquire(&map->core_);
    return !core || collect(map, core, 3);
}

bool gates_empty(const go_map *map, const struct go_map_core_ *core)
{
    return drained(map, core, 0) && drained(map, core, 1);
}

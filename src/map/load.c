/* SPDX-License-Identifier: MIT */
/* What reads the map: no lock, and a pin for as long as nodes are looked at. */
#include "map/grace.h"
#include "sched/defer.h"

unsigned go_map_pin(go_map *map)
{
    struct m *m = rt_enter();
    unsigned ph = gate_enter(map, ld_acquire(&map->core_), m);
    rt_exit(m);
    return ph;
}

void go_map_unpin(go_map *map, unsigned pin)
{
    struct m *m = rt_enter();
    gate_leave(map, ld_acquire(&map->core_), m, pin);
    rt_exit(m);
}

/* A pin while user code runs that may not come back. */
struct visit {
    struct go_defer_ d;
    go_map *map;
    unsigned pin;
};

static void visit_abandon(void *arg)
{
    struct visit *v = arg;
    go_map_unpin(v->map, v->pin);
}

static void visit_begin(struct visit *v, go_map *map)
{
    v->map = map;
    v->pin = go_map_pin(map);
    defer_push(this_g(), &v->d, DEFER_CALL, visit_abandon, v);
}

/* For the cleanup attribute: exceptions pass as well. */
static void visit_end(struct visit *v)
{
    defer_end(&v->d);
}

/* find - pinned.  key_equal NULL: no user code runs. */
static inline struct node *find(const struct go_map_core_ *core, uint64_t hash, const void *key,
                                key_equal *equal)
{
    struct table *t = ld_acquire(&stripe_of(core, hash)->table);
    uint32_t at;
    return t ? table_find(t, (uint32_t)hash, key, equal, &at) : NULL;
}

/* Where keys are compared as pointers, the whole load is one visit of the runtime. */
static inline bool load_plain(go_map *map, const struct go_map_core_ *core, const void *key,
                              void **value)
{
    uint64_t hash = map_hash(map, core, key);
    struct m *m = rt_enter();
    unsigned ph = gate_enter(map, core, m);
    const struct node *n = find(core, hash, key, NULL);
    if (n)
        *value = ld_acquire(&n->value);
    gate_leave(map, core, m, ph);
    rt_exit(m);
    return n != NULL;
}

bool go_map_load_with(go_map *map, const void *key, void (*hold)(void *value, void *arg), void *arg,
                      void **value)
{
    void *v = NULL;
    const struct go_map_core_ *core = ld_acquire(&map->core_);
    const struct node *n = NULL;
    if (core) {
        uint64_t hash = map_hash(map, core, key);
        struct visit visit __attribute__((cleanup(visit_end)));
        visit_begin(&visit, map);
        n = find(core, hash, key, has_equal(map->kind_) ? map->kind_->equal : NULL);
        if (n) {
            v = ld_acquire(&n->value); /* pairs with value_set */
            if (hold)
                hold(v, arg);
        }
    }
    if (value)
        *value = v;
    return n != NULL;
}

bool go_map_load(go_map *map, const void *key, void **value)
{
    const struct go_map_core_ *core = ld_acquire(&map->core_);
    if (unlikely(!core || has_equal(map->kind_)))
        return go_map_load_with(map, key, NULL, NULL, value);
    void *v = NULL;
    bool found = load_plain(map, core, key, &v);
    if (value)
        *value = v;
    return found;
}

/* range_stripe - show the nodes that were born when we came.  Not two with one key: the
 * second is born after the first was removed, and of a node and its replacement, which
 * share a birth, the table has one. */
static bool range_stripe(const struct stripe *s, bool (*f)(const void *, void *, void *), void *arg)
{
    uint64_t births = ld_acquire(&s->births); /* pairs with node_add: first this, then the table */
    const struct table *t = ld_acquire(&s->table);
    for (uint32_t i = 0; t && i <= t->mask; i++) {
        uintptr_t slot = ld_acquire(&t->slot[i]);
        if (slot <= TOMB)
            continue;
        const struct node *n = node_of(slot);
        if (ld_relaxed(&n->birth) <= births && !f(n->key, ld_acquire(&n->value), arg))
            return false;
    }
    return true;
}

void go_map_range(go_map *map, bool (*f)(const void *key, void *value, void *arg), void *arg)
{
    const struct go_map_core_ *core = ld_acquire(&map->core_);
    if (!core)
        return;
    struct visit visit __attribute__((cleanup(visit_end)));
    visit_begin(&visit, map);
    for (uint32_t i = 0; i < core->nstripes; i++)
        if (!range_stripe(&core->stripe[i], f, arg))
            break;
}

size_t go_map_len(const go_map *map)
{
    const struct go_map_core_ *core = ld_acquire(&map->core_);
    size_t n = 0;
    for (uint32_t i = 0; core && i < core->nstripes; i++)
        n += ld_relaxed(&core->stripe[i].live);
    return n;
}

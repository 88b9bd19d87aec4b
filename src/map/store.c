/* SPDX-License-Identifier: MIT */
/* What changes the map: find the key with its stripe locked, then one step. */
#include "base/fatal.h"
#include "map/grace.h"
#include "sched/defer.h"

/* A key's place, its stripe locked.  Calls begin with change_begin and end with
 * change_end, which retires what was taken out when the stripe is free again.  Callbacks
 * run before the first step: one that does not return leaves the stripe unchanged. */
struct change {
    struct go_defer_ d; /* used if there are callbacks */
    go_map *map;
    struct go_map_core_ *core;
    struct stripe *stripe;
    const void *key;
    uint32_t hash;
    uint32_t at;         /* node's slot */
    struct node *node;   /* NULL: the key is not there */
    struct node *fresh;  /* waits for the copy of its key */
    struct retired *out; /* taken out */
};

static bool calls_back(const go_map *map)
{
    return map->kind_ && (map->kind_->equal || map->kind_->copy_key);
}

static void change_abandon(void *arg)
{
    struct change *c = arg;
    go_mutex_unlock(&c->stripe->mutex);
    free(c->fresh);
}

/* For the cleanup attribute: left by an exception. */
static void change_left(struct change *c)
{
    if (unlikely(c->d.run != NULL))
        defer_end(&c->d);
}

static void change_begin(struct change *c, go_map *map, struct go_map_core_ *core, const void *key)
{
    const go_map_kind *kind = map->kind_;
    uint64_t hash = map_hash(map, core, key);
    struct stripe *s = stripe_of(core, hash);
    *c = (struct change){
        .map = map, .core = core, .stripe = s, .key = key, .hash = (uint32_t)hash
    };
    go_mutex_lock(&s->mutex);
    if (calls_back(map))
        defer_push(this_g(), &c->d, DEFER_CALL, change_abandon, c);
    if (s->table)
        c->node = table_find(s->table, c->hash, key, has_equal(kind) ? kind->equal : NULL, &c->at);
}

static void change_end(struct change *c)
{
    if (calls_back(c->map))
        (void)defer_pop(this_g(), &c->d);
    c->d.run = NULL;
    go_mutex_unlock(&c->stripe->mutex);
    if (c->out)
        retire(c->map, c->core, c->out);
}

static void take_out(struct change *c, struct node *n, bool all)
{
    node_end(c->map, n, all);
    n->head.next = c->out;
    c->out = &n->head;
}

static struct node *node_new(const struct change *c, const void *key, void *value)
{
    struct node *n = map_malloc(sizeof *n);
    if (n)
        *n = (struct node){ .head.hash = c->hash, .key = key, .value = value };
    return n;
}

/* node_add - a new entry; 0 or -ENOMEM. */
static int node_add(struct change *c, void *value)
{
    const go_map_kind *kind = c->map->kind_;
    struct node *n = node_new(c, c->key, value);
    if (!n)
        return -ENOMEM;
    if (kind && kind->copy_key) {
        c->fresh = n;
        n->key = kind->copy_key(c->key);
        c->fresh = NULL;
        if (!n->key) {
            free(n);
            return -ENOMEM;
        }
    }
    uintptr_t *slot = table_room(c->stripe, c->hash, &c->out);
    if (!slot) {
        take_out(c, n, true); /* its key is freed with the stripe unlocked */
        n->head.what &= ~(uint32_t)OWNS_VALUE;
        return -ENOMEM;
    }
    struct stripe *s = c->stripe;
    n->birth = s->births + 1;
    st_release(&s->births, n->birth); /* pairs with range_stripe */
    st_relaxed(&s->live, s->live + 1);
    st_release(slot, slot_of(n)); /* pairs with table_find and range_stripe */
    return 0;
}

/* value_set - change the value of c->node; 0 or -ENOMEM.  M6. */
static int value_set(struct change *c, void *value)
{
    struct node *was = c->node;
    if (!owns_values(c->map)) {
        st_release(&was->value, value); /* pairs with the acquire of loads */
        return 0;
    }
    struct node *n = node_new(c, was->key, value);
    if (!n)
        return -ENOMEM;
    n->birth = was->birth;
    st_release(&c->stripe->table->slot[c->at], slot_of(n));
    take_out(c, was, false);
    return 0;
}

static void node_remove(struct change *c)
{
    table_remove(c->stripe, c->at, &c->out);
    take_out(c, c->node, true);
}

int go_map_swap(go_map *map, const void *key, void *value, void **old)
{
    struct go_map_core_ *core = map_core(map);
    if (!core)
        return -ENOMEM;
    struct change c __attribute__((cleanup(change_left))) = { .d = { 0 } };
    change_begin(&c, map, core, key);
    void *was = c.node ? c.node->value : NULL;
    int found = c.node != NULL;
    int err = found ? value_set(&c, value) : node_add(&c, value);
    change_end(&c);
    if (err)
        return err;
    if (old)
        *old = was;
    return found;
}

int go_map_store(go_map *map, const void *key, void *value)
{
    int r = go_map_swap(map, key, value, NULL);
    return r < 0 ? r : 0;
}

int go_map_load_or_store(go_map *map, const void *key, void *value, void **actual)
{
    if (go_map_load(map, key, actual))
        return 1;
    struct go_map_core_ *core = map_core(map);
    if (!core)
        return -ENOMEM;
    struct change c __attribute__((cleanup(change_left))) = { .d = { 0 } };
    change_begin(&c, map, core, key);
    int found = c.node != NULL;
    void *now = found ? c.node->value : value;
    int err = found ? 0 : node_add(&c, value);
    change_end(&c);
    if (err)
        return err;
    if (actual)
        *actual = now;
    return found;
}

int go_map_compare_and_swap(go_map *map, const void *key, void *old, void *value)
{
    struct go_map_core_ *core = ld_acquire(&map->core_);
    if (!core)
        return 0;
    struct change c __attribute__((cleanup(change_left))) = { .d = { 0 } };
    change_begin(&c, map, core, key);
    int r = c.node && c.node->value == old;
    if (r && value_set(&c, value) != 0)
        r = -ENOMEM;
    change_end(&c);
    return r;
}

/* remove_if - delete the key, if cond is NULL or *cond its value. */
static bool remove_if(go_map *map, const void *key, void *const *cond, void **old)
{
    struct go_map_core_ *core = ld_acquire(&map->core_);
    void *was = NULL;
    bool found = false;
    if (core) {
        struct change c __attribute__((cleanup(change_left))) = { .d = { 0 } };
        change_begin(&c, map, core, key);
        if (c.node && (!cond || c.node->value == *cond)) {
            was = c.node->value;
            found = true;
            node_remove(&c);
        }
        change_end(&c);
    }
    if (old)
        *old = was;
    return found;
}

bool go_map_load_and_delete(go_map *map, const void *key, void **old)
{
    return remove_if(map, key, NULL, old);
}

bool go_map_delete(go_map *map, const void *key)
{
    return remove_if(map, key, NULL, NULL);
}

bool go_map_compare_and_delete(go_map *map, const void *key, void *old)
{
    return remove_if(map, key, &old, NULL);
}

/* table_unlink - end all nodes of a table that is no longer its stripe's: it and they, as
 * a chain. */
static struct retired *table_unlink(const go_map *map, struct table *t)
{
    struct retired *chain = NULL;
    for (uint32_t i = 0; i <= t->mask; i++) {
        if (t->slot[i] <= TOMB)
            continue;
        struct node *n = node_of(t->slot[i]);
        node_end(map, n, true);
        n->head.next = chain;
        chain = &n->head;
    }
    t->head.next = chain;
    return &t->head;
}

void go_map_clear(go_map *map)
{
    struct go_map_core_ *core = ld_acquire(&map->core_);
    for (uint32_t i = 0; core && i < core->nstripes; i++) {
        struct stripe *s = &core->stripe[i];
        struct retired *out = NULL;
        go_mutex_lock(&s->mutex);
        struct table *t = s->table;
        if (t) {
            st_release(&s->table, (struct table *)NULL);
            st_relaxed(&s->live, (uint64_t)0);
            out = table_unlink(map, t);
        }
        go_mutex_unlock(&s->mutex);
        if (out)
            retire(map, core, out);
    }
}

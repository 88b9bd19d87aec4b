/* SPDX-License-Identifier: MIT */
/* The invariants of map.h, looked at. */
#include "base/fatal.h"
#include "map/map.h"

/* M1, M2: the way to each node ends at it and at no node with an equal key before. */
static void verify_node(const go_map *map, const struct table *t, uint32_t i)
{
    const struct node *n = node_of(t->slot[i]);
    uint32_t at = 0;
    const struct node *found =
        table_find(t, n->head.hash, n->key, has_equal(map->kind_) ? map->kind_->equal : NULL, &at);
    ensure(found == n && at == i);
    ensure((t->slot[i] & TAG_MASK) == slot_tag(n->head.hash));
}

static void verify_stripe(const go_map *map, const struct stripe *s)
{
    const struct table *t = s->table;
    uint64_t live = 0, used = 0;
    for (uint32_t i = 0; t && i <= t->mask; i++) {
        used += t->slot[i] != EMPTY;
        if (t->slot[i] <= TOMB)
            continue;
        live++;
        const struct node *n = node_of(t->slot[i]);
        ensure(n->birth > 0 && n->birth <= s->births); /* M4 */
        verify_node(map, t, i);
    }
    ensure(live == s->live); /* M3 */
    ensure(!t || (used == t->used && used <= t->mask));
}

void map_verify(const go_map *map)
{
    const struct go_map_core_ *core = map->core_;
    for (uint32_t i = 0; core && i < core->nstripes; i++)
        verify_stripe(map, &core->stripe[i]);
}

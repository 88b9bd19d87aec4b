/* SPDX-License-Identifier: MIT */
/* The table of one stripe: linear probing over pointers, at most half full.
 *
 * A table that is too small, or too full of tombs, is replaced: its node pointers are
 * copied to a new one, and readers that probe the old one still find (M5) what was there
 * when they came. */
#include "map/map.h"

#include <assert.h>

#define MIN_SLOTS 8
#define MAX_SLOTS (UINT32_C(1) << 31)

static inline bool matches(const struct node *n, uint32_t hash, const void *key, key_equal *equal)
{
    if (!equal)
        return n->key == key;
    return n->head.hash == hash && (n->key == key || equal(n->key, key));
}

struct node *table_find(const struct table *t, uint32_t hash, const void *key, key_equal *equal,
                        uint32_t *at)
{
    uintptr_t tag = slot_tag(hash);
    for (uint32_t i = hash & t->mask;; i = (i + 1) & t->mask) {
        uintptr_t s = ld_acquire(&t->slot[i]); /* pairs with slot_set */
        if (s == EMPTY)
            return NULL;
        if ((s & TAG_MASK) != tag || s == TOMB)
            continue;
        struct node *n = node_of(s);
        if (matches(n, hash, key, equal)) {
            *at = i;
            return n;
        }
    }
}

static struct table *table_new(uint64_t slots)
{
    if (slots > MAX_SLOTS)
        return NULL;
    struct table *t = rt_calloc(1, sizeof *t + slots * sizeof t->slot[0]);
    if (t)
        t->mask = (uint32_t)slots - 1;
    return t;
}

/* free_slot - where a node with that hash goes that is not in the table: the first slot
 * on its way that holds none. */
static uintptr_t *free_slot(struct table *t, uint32_t hash)
{
    uint32_t i = hash & t->mask;
    while (t->slot[i] > TOMB)
        i = (i + 1) & t->mask;
    return &t->slot[i];
}

/* table_copy - all nodes to a table that is a quarter full with one node more. */
static bool table_copy(struct stripe *s, struct retired **old)
{
    struct table *from = s->table;
    uint64_t slots = MIN_SLOTS;
    while (slots < 4 * (s->live + 1))
        slots *= 2;
    struct table *to = table_new(slots);
    if (!to)
        return false;
    for (uint32_t i = 0; from && i <= from->mask; i++) {
        if (from->slot[i] <= TOMB)
            continue;
        *free_slot(to, node_of(from->slot[i])->head.hash) = from->slot[i];
        to->used++;
    }
    st_release(&s->table, to); /* pairs with the acquire of who probes it */
    if (from) {
        from->head.next = *old;
        *old = &from->head;
    }
    return true;
}

uintptr_t *table_room(struct stripe *s, uint32_t hash, struct retired **old)
{
    struct table *t = s->table;
    if ((!t || 2 * (uint64_t)(t->used + 1) > (uint64_t)t->mask + 1) && !table_copy(s, old)) {
        /* No memory: M3 allows to fill up all but one slot. */
        if (!t || t->used >= t->mask)
            return NULL;
    }
    t = s->table;
    uintptr_t *slot = free_slot(t, hash);
    t->used += *slot == EMPTY;
    return slot;
}

/* clear_tombs - slot i is the last of its run: it and the tombs before it end no way to
 * any node (M5). */
static void clear_tombs(struct table *t, uint32_t i)
{
    for (; t->slot[i] == TOMB; i = (i - 1) & t->mask) {
        st_relaxed(&t->slot[i], EMPTY);
        t->used--;
    }
}

void table_remove(struct stripe *s, uint32_t i, struct retired **old)
{
    struct table *t = s->table;
    assert(t->slot[i] > TOMB);
    st_release(&t->slot[i], TOMB);
    st_relaxed(&s->live, s->live - 1);
    if (t->slot[(i + 1) & t->mask] == EMPTY)
        clear_tombs(t, i);
    if (t->mask + 1 > MIN_SLOTS && s->live < t->mask / 16)
        (void)table_copy(s, old); /* without memory it stays as large as it is */
}

/* SPDX-License-Identifier: MIT */
/* The tables of a map: whatever comes and goes, M1 to M4 of src/map/map.h hold; tombs are
 * cleared, tables shrink, and keys that follow each other by any step spread. */
#include "check.h"

#include "map/map.h"

#include <goroutine.h>

static uint64_t slots(const go_map *map)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < map->core_->nstripes; i++)
        if (map->core_->stripe[i].table)
            n += (uint64_t)map->core_->stripe[i].table->mask + 1;
    return n;
}

static uint64_t used(const go_map *map)
{
    uint64_t n = 0;
    for (uint32_t i = 0; i < map->core_->nstripes; i++)
        if (map->core_->stripe[i].table)
            n += map->core_->stripe[i].table->used;
    return n;
}

static void fill(go_map *map, uint64_t n, uint64_t step)
{
    for (uint64_t i = 0; i < n; i++)
        CHECK_EQ(go_map_store(map, GO_MAP_KEY(i * step), (void *)(uintptr_t)(i + 1)), 0);
}

static void grows_and_shrinks(uint64_t n)
{
    go_map map = { 0 };
    fill(&map, n, 1);
    map_verify(&map);
    CHECK_EQ(go_map_len(&map), n);
    uint64_t full = slots(&map);
    CHECK(full >= 2 * n);
    for (uint64_t i = 0; i < n; i++) {
        void *v;
        CHECK(go_map_load_and_delete(&map, GO_MAP_KEY(i), &v));
        CHECK_EQ((uintptr_t)v, i + 1);
        if (i % (n / 8) == 0)
            map_verify(&map);
    }
    map_verify(&map);
    CHECK_EQ(go_map_len(&map), 0);
    CHECK_EQ(used(&map), 0); /* the last to leave clears all tombs */
    CHECK(slots(&map) < full / 8);
    go_map_free(&map);
}

/* Of what comes and goes for ever, nothing piles up. */
static void churns(uint64_t n)
{
    go_map map = { 0 };
    fill(&map, 100, 1);
    uint64_t before = slots(&map);
    for (uint64_t i = 100; i < n; i++) {
        CHECK_EQ(go_map_store(&map, GO_MAP_KEY(i), NULL), 0);
        CHECK(go_map_delete(&map, GO_MAP_KEY(i - 50)));
    }
    map_verify(&map);
    CHECK_EQ(go_map_len(&map), 100);
    CHECK(slots(&map) <= 4 * before);
    go_map_free(&map);
}

/* How far from its place a key stands, on average, in a map at most half full. */
static void spreads(uint64_t n, uint64_t step)
{
    go_map map = { 0 };
    fill(&map, n, step);
    map_verify(&map);
    uint64_t far = 0;
    for (uint32_t i = 0; i < map.core_->nstripes; i++) {
        const struct table *t = map.core_->stripe[i].table;
        for (uint32_t k = 0; t && k <= t->mask; k++)
            if (t->slot[k] > TOMB)
                far += (k - node_of(t->slot[k])->head.hash) & t->mask;
    }
    if (far > 2 * n) {
        fprintf(stderr, "step %llu: %llu steps for %llu keys\n", (unsigned long long)step,
                (unsigned long long)far, (unsigned long long)n);
        _Exit(1);
    }
    go_map_free(&map);
}

static uint64_t same(const void *key)
{
    (void)key;
    return 42;
}

static bool equal_number(const void *a, const void *b)
{
    return a == b;
}

/* The worst hash makes a map slow and not wrong. */
static void all_collide(void)
{
    static const go_map_kind kind = { .hash = same, .equal = equal_number };
    go_map map = GO_MAP_INIT(&kind);
    fill(&map, 200, 3);
    map_verify(&map);
    for (uint64_t i = 0; i < 200; i += 2)
        CHECK(go_map_delete(&map, GO_MAP_KEY(i * 3)));
    map_verify(&map);
    for (uint64_t i = 0; i < 200; i++)
        CHECK_EQ(go_map_load(&map, GO_MAP_KEY(i * 3), NULL), i % 2);
    fill(&map, 200, 3);
    map_verify(&map);
    CHECK_EQ(go_map_len(&map), 200);
    go_map_free(&map);
}

int main(void)
{
    uint64_t n = (uint64_t)test_scale(50000, 4000);
    grows_and_shrinks(n);
    churns(n);
    static const uint64_t steps[] = { 1, 2, 8, 16, 64, 4096, 65536, 1ull << 32, 1ull << 47, 48 };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        spreads(n, steps[i]);
    all_collide();
}

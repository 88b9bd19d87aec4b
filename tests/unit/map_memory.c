/* SPDX-License-Identifier: MIT */
/* Each allocation of a map fails once: the call says -ENOMEM, nothing has changed, what
 * was handed over is still the caller's, and the next try succeeds.  Deleting needs no
 * memory. */
#include "check.h"

#include "base/options.h"
#include "map/map.h"

#include <goroutine.h>
#include <string.h>

static int destroyed;

static void destroy(void *value)
{
    (void)value;
    destroyed++;
}

static const go_map_kind owned = { GO_MAP_STRING_KEYS, destroy };

/* fail_after - the n-th allocation from now fails; 0: none. */
static void fail_after(int64_t n)
{
    static int64_t counted;
    if (n == 0) {
        st_relaxed(&options.fail_at[FAIL_MALLOC], (int64_t)0);
        return;
    }
    counted += 1000;
    st_relaxed(&options.fail_at[FAIL_MALLOC], counted);
    while (!fault(FAIL_MALLOC))
        continue;
    st_relaxed(&options.fail_at[FAIL_MALLOC], counted + n);
}

/* Store `keys` keys, with the n-th allocation failing.  False: it was never reached. */
static bool store_all(go_map *map, int keys, int64_t n)
{
    bool failed = false;
    fail_after(n);
    for (int i = 0; i < keys; i++) {
        char key[16];
        snprintf(key, sizeof key, "key %d", i);
        size_t before = go_map_len(map);
        int r = go_map_swap(map, key, map, NULL);
        if (r == -ENOMEM) {
            CHECK(!failed);
            failed = true;
            CHECK_EQ(go_map_len(map), before);
            map_verify(map);
            r = go_map_swap(map, key, map, NULL);
        }
        CHECK_EQ(r, 0);
        CHECK(go_map_load(map, key, NULL));
    }
    fail_after(0);
    CHECK_EQ(go_map_len(map), keys);
    map_verify(map);
    return failed;
}

static void every_allocation(int keys)
{
    int failures = 0;
    for (int64_t n = 1; n <= 2 * keys + 1; n++) {
        go_map map = GO_MAP_INIT(&owned);
        failures += store_all(&map, keys, n);
        destroyed = 0;
        go_map_free(&map);
        CHECK_EQ(destroyed, keys);
    }
    /* The core, a node and a key for each; a table that cannot grow is filled up. */
    CHECK(failures > 2 * keys - keys / 2);
}

static void replacement_fails(void)
{
    go_map map = GO_MAP_INIT(&owned);
    int a, b;
    CHECK_EQ(go_map_store(&map, "k", &a), 0);
    destroyed = 0;
    fail_after(1);
    CHECK_EQ(go_map_store(&map, "k", &b), -ENOMEM);
    fail_after(1);
    CHECK_EQ(go_map_compare_and_swap(&map, "k", &a, &b), -ENOMEM);
    fail_after(1);
    CHECK_EQ(go_map_compare_and_swap(&map, "k", &b, &a), 0);
    fail_after(0);
    void *v;
    CHECK(go_map_load(&map, "k", &v) && v == &a);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, 0);
    go_map_free(&map);
    CHECK_EQ(destroyed, 1);
}

static void deleting_needs_none(void)
{
    go_map map = GO_MAP_INIT(&owned);
    CHECK(!store_all(&map, 100, 0));
    destroyed = 0;
    fail_after(1);
    int64_t at = options.fail_at[FAIL_MALLOC];
    for (int i = 0; i < 50; i++) {
        char key[16];
        snprintf(key, sizeof key, "key %d", i);
        CHECK(go_map_delete(&map, key));
        st_relaxed(&options.fail_at[FAIL_MALLOC], ++at);
    }
    go_map_clear(&map);
    fail_after(0);
    CHECK_EQ(go_map_len(&map), 0);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, 100);
    go_map_free(&map);
}

int main(void)
{
    go_yield(); /* the runtime's own start needs memory too */
    every_allocation(test_scale(60, 20));
    replacement_fails();
    deleting_needs_none();
}

/* SPDX-License-Identifier: MIT */
/* go_map_load_with: a reader takes a reference to a counted value before whoever deletes it
 * can drop the last one.  Under go_map_pin a reader uses values without counting. */
#include "check.h"

#include <goroutine.h>

enum { KEYS = 4 };

struct counted {
    int refs; /* atomic */
    int alive;
    uint64_t key;
};

static long made, freed; /* atomic */
static go_map m;

static void hold(void *value, void *arg)
{
    struct counted *c = value;
    (void)arg;
    CHECK(__atomic_fetch_add(&c->refs, 1, __ATOMIC_RELAXED) > 0);
}

static void drop(void *value)
{
    struct counted *c = value;
    if (__atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    CHECK_EQ(c->alive, 1);
    c->alive = 0;
    free(c);
    __atomic_add_fetch(&freed, 1, __ATOMIC_RELAXED);
}

static const go_map_kind kind = { .destroy_value = drop };

static void replace(uint64_t k)
{
    struct counted *c = malloc(sizeof *c);
    CHECK(c);
    *c = (struct counted){ .refs = 1, .alive = 1, .key = k };
    __atomic_add_fetch(&made, 1, __ATOMIC_RELAXED);
    CHECK_EQ(go_map_store(&m, GO_MAP_KEY(k), c), 0);
}

static void reader(int laps, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        uint64_t k = (uint64_t)i % KEYS;
        void *v;
        if (go_map_load_with(&m, GO_MAP_KEY(k), hold, NULL, &v)) {
            struct counted *c = v;
            if (i % 8 == 0)
                go_yield();
            CHECK(c->alive == 1 && c->key == k);
            drop(c);
        }
        go_with_map(&m)
        {
            if (!go_map_load(&m, GO_MAP_KEY(k), &v))
                continue;
            struct counted *c = v;
            if (i % 8 == 1)
                go_yield();
            CHECK(c->alive == 1 && c->key == k);
        }
    }
    go_waitgroup_done(wg);
}

static void writer(int laps, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        replace((uint64_t)i % KEYS);
        if (i % 3 == 0)
            go_map_delete(&m, GO_MAP_KEY(i / 3 % KEYS));
        if (i % 16 == 0) {
            go_map_collect(&m);
            go_yield();
        }
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    m = (go_map)GO_MAP_INIT(&kind);
    int laps = test_scale(10000, 500);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 6);
    for (int i = 0; i < 4; i++)
        go(reader, laps, &wg);
    for (int i = 0; i < 2; i++)
        go(writer, laps, &wg);
    go_waitgroup_wait(&wg);
    go_map_free(&m);
    CHECK_EQ(made, freed);
}

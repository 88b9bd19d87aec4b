/* SPDX-License-Identifier: MIT */
/* What a map destroys, and when (G1 to G3 of src/map/grace.h): never under a pin that was
 * there before it was taken out, soon after the last of them, and not later because of
 * pins that came after. */
#include "check.h"

#include "map/map.h"

#include <goroutine.h>
#include <pthread.h>

static int destroyed; /* atomic */

static void destroy(void *value)
{
    (void)value;
    __atomic_add_fetch(&destroyed, 1, __ATOMIC_SEQ_CST);
}

static const go_map_kind owned = { .destroy_value = destroy };
static int some;

static void put(go_map *map, uint64_t k)
{
    CHECK_EQ(go_map_store(map, GO_MAP_KEY(k), &some), 0);
}

static void one_pin(void)
{
    go_map map = GO_MAP_INIT(&owned);
    destroyed = 0;
    put(&map, 1);
    unsigned pin = go_map_pin(&map);
    CHECK(go_map_delete(&map, GO_MAP_KEY(1)));
    for (int i = 0; i < 5; i++) {
        CHECK(!go_map_collect(&map));
        CHECK_EQ(destroyed, 0);
    }
    go_map_unpin(&map, pin);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, 1);
    go_map_free(&map);
    CHECK_EQ(destroyed, 1);
}

/* Pins under both phases, given back in the other order. */
static void overlapping_pins(void)
{
    go_map map = GO_MAP_INIT(&owned);
    destroyed = 0;
    put(&map, 1);
    unsigned early = go_map_pin(&map);
    CHECK(go_map_delete(&map, GO_MAP_KEY(1)));
    go_map_collect(&map);
    unsigned late = go_map_pin(&map);
    put(&map, 2);
    CHECK(go_map_delete(&map, GO_MAP_KEY(2)));
    go_map_collect(&map);
    CHECK_EQ(destroyed, 0);
    go_map_unpin(&map, early);
    for (int i = 0; i < 5; i++)
        go_map_collect(&map);
    CHECK_EQ(destroyed, 1); /* late came after 1 was taken out, but holds 2 */
    go_map_unpin(&map, late);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, 2);
    go_map_free(&map);
}

/* A pin on a map that has no memory yet counts all the same. */
static void pin_before_first(void)
{
    go_map map = GO_MAP_INIT(&owned);
    destroyed = 0;
    unsigned pin = go_map_pin(&map);
    put(&map, 1);
    CHECK(go_map_delete(&map, GO_MAP_KEY(1)));
    CHECK(!go_map_collect(&map));
    CHECK_EQ(destroyed, 0);
    go_map_unpin(&map, pin);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, 1);
    go_map_free(&map);
}

struct visit {
    go_map *map;
    pthread_barrier_t come, leave;
};

static void *foreign(void *arg)
{
    struct visit *v = arg;
    go_with_map(v->map)
    {
        pthread_barrier_wait(&v->come);
        pthread_barrier_wait(&v->leave);
    }
    return NULL;
}

static void foreign_pin(void)
{
    go_map map = GO_MAP_INIT(&owned);
    destroyed = 0;
    put(&map, 1);
    struct visit v = { .map = &map };
    pthread_barrier_init(&v.come, NULL, 2);
    pthread_barrier_init(&v.leave, NULL, 2);
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, foreign, &v), 0);
    pthread_barrier_wait(&v.come);
    CHECK(go_map_delete(&map, GO_MAP_KEY(1)));
    for (int i = 0; i < 5; i++)
        CHECK(!go_map_collect(&map));
    CHECK_EQ(destroyed, 0);
    pthread_barrier_wait(&v.leave);
    pthread_join(t, NULL);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, 1);
    go_map_free(&map);
}

/* Nobody asks: changing the map collects, and little is left over. */
static void by_itself(uint64_t n)
{
    go_map map = GO_MAP_INIT(&owned);
    destroyed = 0;
    for (uint64_t i = 0; i < n; i++)
        put(&map, i % 10);
    CHECK(destroyed > (int)n - 10 - 1000);
    CHECK(destroyed <= (int)n - 10);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, n - 10);
    go_map_free(&map);
    CHECK_EQ(destroyed, n);
}

/* A pin is taken on one thread and P and given back on another. */
static void wander(go_map *map, go_waitgroup *wg, int laps)
{
    for (int i = 0; i < laps; i++)
        go_with_map(map)
        {
            void *v;
            CHECK(go_map_load(map, GO_MAP_KEY(1), &v));
            go_yield();
        }
    go_waitgroup_done(wg);
}

static void wandering_pins(int laps)
{
    go_map map = GO_MAP_INIT(&owned);
    destroyed = 0;
    put(&map, 1);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 8);
    for (int i = 0; i < 8; i++)
        go(wander, &map, &wg, laps);
    for (int i = 0; i < laps; i++)
        put(&map, 1);
    go_waitgroup_wait(&wg);
    CHECK(go_map_collect(&map));
    CHECK_EQ(destroyed, laps);
    go_map_free(&map);
}

int main(void)
{
    one_pin();
    overlapping_pins();
    pin_before_first();
    foreign_pin();
    by_itself(5000);
    wandering_pins(test_scale(2000, 200));
}

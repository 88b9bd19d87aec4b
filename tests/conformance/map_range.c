/* SPDX-License-Identifier: MIT */
/* sync.Map Range: "no key will be visited more than once", what is there all the time is
 * visited, the callback may call any method, and false ends it.  While others change the
 * map so that its tables grow and shrink. */
#include "check.h"

#include <goroutine.h>

enum { STEADY = 300, MOVING = 2000 };

static go_map m;
static bool stop; /* atomic */

struct seen {
    uint8_t times[STEADY + MOVING];
    int n;
};

static bool mark(const void *key, void *value, void *arg)
{
    struct seen *s = arg;
    uint64_t k = GO_MAP_NUMBER(key);
    CHECK(k < STEADY + MOVING);
    CHECK_EQ((uintptr_t)value % (STEADY + MOVING), k);
    CHECK_EQ(s->times[k]++, 0);
    if (s->n++ % 16 == 0)
        go_yield();
    return true;
}

static void put(uint64_t k, uint64_t version)
{
    void *v = (void *)(uintptr_t)(k + version * (STEADY + MOVING));
    CHECK_EQ(go_map_store(&m, GO_MAP_KEY(k), v), 0);
}

static void disturb(uint64_t seed, go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        for (int i = 0; i < 200; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint64_t k = STEADY + (seed >> 33) % MOVING;
            switch (seed >> 60 & 3) {
            case 0:
                go_map_delete(&m, GO_MAP_KEY(k));
                break;
            case 1:
                put((seed >> 20) % STEADY, seed >> 50);
                break;
            default:
                put(k, seed >> 50);
            }
        }
        if (seed >> 59 & 1)
            for (uint64_t k = STEADY; k < STEADY + MOVING; k++)
                go_map_delete(&m, GO_MAP_KEY(k));
        go_yield();
    }
    go_waitgroup_done(wg);
}

static void among_others(int rounds)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 3);
    for (uint64_t i = 1; i <= 3; i++)
        go(disturb, i, &wg);
    for (int i = 0; i < rounds; i++) {
        struct seen s = { .n = 0 };
        go_map_range(&m, mark, &s);
        for (int k = 0; k < STEADY; k++)
            CHECK_EQ(s.times[k], 1);
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&wg);
}

static bool erase(const void *key, void *value, void *arg)
{
    (void)value;
    CHECK(go_map_delete(&m, key));
    CHECK(!go_map_load(&m, key, NULL));
    ++*(int *)arg;
    return true;
}

/* Deletes another than it is shown: that one may not come any more. */
static bool erase_other(const void *key, void *value, void *arg)
{
    (void)value, (void)arg;
    uint64_t k = GO_MAP_NUMBER(key);
    CHECK(go_map_load(&m, key, NULL));
    go_map_delete(&m, GO_MAP_KEY(k ^ 1));
    return true;
}

static bool until_ten(const void *key, void *value, void *arg)
{
    (void)key, (void)value;
    return ++*(int *)arg < 10;
}

/* What was deleted before it is shown is not shown, also where the tables are new. */
static bool clear_all(const void *key, void *value, void *arg)
{
    (void)value;
    CHECK(go_map_load(&m, key, NULL));
    go_map_clear(&m);
    ++*(int *)arg;
    return true;
}

static uint64_t same(const void *key)
{
    (void)key;
    return 7;
}

static bool identical(const void *a, const void *b)
{
    return a == b;
}

static const go_map_kind colliding = { .hash = same, .equal = identical };
static go_map c = GO_MAP_INIT(&colliding);

/* What it is shown goes, another takes its place, and it comes back further on. */
static bool move_back(const void *key, void *value, void *arg)
{
    int *times = arg;
    uint64_t k = GO_MAP_NUMBER(key);
    (void)value;
    CHECK(k < 20);
    CHECK_EQ(times[k]++, 0);
    CHECK(go_map_delete(&c, key));
    CHECK_EQ(go_map_store(&c, GO_MAP_KEY(100 + k), NULL), 0);
    CHECK_EQ(go_map_store(&c, key, NULL), 0);
    return true;
}

static void moved(void)
{
    int times[20] = { 0 };
    for (uint64_t k = 0; k < 20; k++)
        CHECK_EQ(go_map_store(&c, GO_MAP_KEY(k), NULL), 0);
    go_map_range(&c, move_back, times);
    for (int k = 0; k < 20; k++)
        CHECK_EQ(times[k], 1);
    CHECK_EQ(go_map_len(&c), 40);
    go_map_free(&c);
}

int main(void)
{
    moved();
    for (uint64_t k = 0; k < STEADY; k++)
        put(k, 0);
    int n = 0;
    go_map_range(&m, until_ten, &n);
    CHECK_EQ(n, 10);
    among_others(test_scale(1000, 8));
    n = 0;
    int all = (int)go_map_len(&m);
    go_map_range(&m, erase, &n);
    CHECK_EQ(n, all);
    CHECK_EQ(go_map_len(&m), 0);
    for (uint64_t k = 0; k < 1000; k++)
        put(k, 0);
    go_map_range(&m, erase_other, NULL);
    CHECK_EQ(go_map_len(&m), 500);
    n = 0;
    go_map_range(&m, clear_all, &n);
    CHECK_EQ(n, 1);
    go_map_free(&m);
}

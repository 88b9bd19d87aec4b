/* SPDX-License-Identifier: MIT */
/* sync.Map LoadOrStore: of many that store one key at once, one stores and all get its
 * value.  CompareAndSwap: of many that swap from one value, one does.  LoadAndDelete: of
 * many that delete, one does. */
#include "check.h"

#include <goroutine.h>

enum { RACERS = 8 };

static go_map m;
static int rounds;
static go_waitgroup at_start[3000 * 4], finished;
static void *got[3000][RACERS];
static int stored[3000], deleted[3000], swapped[3000]; /* atomic */

static void meet(int i)
{
    go_waitgroup_done(&at_start[i]);
    go_waitgroup_wait(&at_start[i]);
}

static void race(int me)
{
    for (int i = 0; i < rounds; i++) {
        const void *key = GO_MAP_KEY(i);
        meet(4 * i);
        int r = go_map_load_or_store(&m, key, &got[0][me], &got[i][me]);
        CHECK(r >= 0);
        __atomic_add_fetch(&stored[i], r == 0, __ATOMIC_RELAXED);
        meet(4 * i + 1);
        r = go_map_compare_and_swap(&m, key, got[i][me], &m);
        CHECK(r >= 0);
        __atomic_add_fetch(&swapped[i], r, __ATOMIC_RELAXED);
        meet(4 * i + 2);
        void *old;
        bool d = go_map_load_and_delete(&m, key, &old);
        CHECK(old == (d ? &m : NULL));
        __atomic_add_fetch(&deleted[i], d, __ATOMIC_RELAXED);
        meet(4 * i + 3);
        CHECK(!go_map_load(&m, key, NULL));
    }
    go_waitgroup_done(&finished);
}

int main(void)
{
    rounds = test_scale(1000, 100);
    for (int i = 0; i < 4 * rounds; i++)
        go_waitgroup_add(&at_start[i], RACERS);
    go_waitgroup_add(&finished, RACERS);
    for (int i = 0; i < RACERS; i++)
        go(race, i);
    go_waitgroup_wait(&finished);
    for (int i = 0; i < rounds; i++) {
        CHECK_EQ(stored[i], 1);
        CHECK_EQ(swapped[i], 1);
        CHECK_EQ(deleted[i], 1);
        for (int k = 0; k < RACERS; k++)
            CHECK(got[i][k] == got[i][0] && got[i][k]);
    }
    CHECK_EQ(go_map_len(&m), 0);
    go_map_free(&m);
}

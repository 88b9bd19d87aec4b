/* SPDX-License-Identifier: MIT */
/* go_local: each goroutine has its own value, NULL at first, destroyed when the
 * goroutine ends, not inherited by those it starts. */
#include "check.h"

#include <goroutine.h>

enum { LOCALS = 20 };

static int destroyed;

static void free_counted(void *value)
{
    free(value);
    __atomic_add_fetch(&destroyed, 1, __ATOMIC_RELAXED);
}

static go_local counted = { .destroy = free_counted };
static go_local plain;
static go_local many[LOCALS];

static void child(go_waitgroup *wg)
{
    CHECK(go_local_get(&plain) == NULL);
    CHECK(go_local_get(&counted) == NULL);
    go_waitgroup_done(wg);
}

static void use(int me, go_waitgroup *wg)
{
    int *mine = malloc(sizeof *mine);
    CHECK(mine);
    *mine = me;
    CHECK(go_local_get(&counted) == NULL);
    CHECK_EQ(go_local_set(&counted, mine), 0);
    CHECK_EQ(go_local_set(&plain, &wg), 0);
    go_waitgroup_add(wg, 1);
    go(child, wg);
    for (int i = 0; i < LOCALS; i++)
        CHECK_EQ(go_local_set(&many[i], (char *)mine + i), 0);
    for (int lap = 0; lap < 20; lap++) {
        go_yield();
        CHECK(go_local_get(&counted) == mine);
        CHECK_EQ(*mine, me);
        CHECK(go_local_get(&plain) == &wg);
        for (int i = 0; i < LOCALS; i++)
            CHECK(go_local_get(&many[i]) == (char *)mine + i);
    }
    CHECK_EQ(go_local_set(&plain, NULL), 0);
    CHECK(go_local_get(&plain) == NULL);
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = test_scale(2000, 200), total = 0;
    CHECK(go_local_get(&plain) == NULL);
    CHECK_EQ(go_local_set(&plain, &n), 0);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        go_waitgroup_add(&wg, n);
        for (int i = 0; i < n; i++)
            go(use, i, &wg);
        go_waitgroup_wait(&wg);
        total += n;
        for (int64_t end = go_now() + 20 * GO_SECOND;
             __atomic_load_n(&destroyed, __ATOMIC_RELAXED) < total; go_yield())
            CHECK(go_now() < end);
    }
    CHECK_EQ(__atomic_load_n(&destroyed, __ATOMIC_RELAXED), total);
    CHECK(go_local_get(&plain) == &n);
}

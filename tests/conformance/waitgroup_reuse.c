/* SPDX-License-Identifier: MIT */
/* Conformance 19: a WaitGroup releases nobody early and can be used again. */
#include "check.h"

#include <goroutine.h>

enum { N = 16 };

static void worker(go_waitgroup *all, go_waitgroup *me, int *arrived)
{
    __atomic_add_fetch(arrived, 1, __ATOMIC_RELAXED);
    go_waitgroup_done(me);
    go_waitgroup_wait(all);
    /* Done of everybody happened before this return. */
    CHECK_EQ(__atomic_load_n(arrived, __ATOMIC_RELAXED) % N, 0);
}

static void meet(go_waitgroup *wg, int *arrived, go_waitgroup *out)
{
    worker(wg, wg, arrived);
    go_waitgroup_done(out);
}

static void barrier(void)
{
    go_waitgroup wg = { 0 }, out = { 0 };
    int arrived = 0;
    for (int lap = 0; lap < test_scale(500, 30); lap++) {
        go_waitgroup_add(&wg, N);
        go_waitgroup_add(&out, N);
        for (int i = 0; i < N; i++)
            go(meet, &wg, &arrived, &out);
        go_waitgroup_wait(&wg);
        CHECK_EQ(__atomic_load_n(&arrived, __ATOMIC_RELAXED), (lap + 1) * N);
        go_waitgroup_wait(&out);
    }
}

static void bump(int *n, go_waitgroup *wg)
{
    __atomic_add_fetch(n, 1, __ATOMIC_RELAXED);
    go_waitgroup_done(wg);
}

static void add_one(int *n)
{
    __atomic_add_fetch(n, 1, __ATOMIC_RELAXED);
}

/* Done races the Wait that it releases; the object dies right after. */
static void race(void)
{
    for (int i = 0; i < test_scale(20000, 500); i++) {
        go_waitgroup wg = { 0 };
        int n = 0;
        go_waitgroup_add(&wg, 1);
        go(bump, &n, &wg);
        go_waitgroup_add(&wg, 1);
        go(bump, &n, &wg);
        go_waitgroup_wait(&wg);
        CHECK_EQ(n, 2);
    }
}

static void by_go(void)
{
    go_waitgroup wg = { 0 };
    int n = 0;
    for (int lap = 1; lap <= 3; lap++) {
        for (int i = 0; i < 1000; i++)
            go_waitgroup_go(&wg, add_one, &n);
        go_waitgroup_wait(&wg);
        CHECK_EQ(n, 1000 * lap);
    }
    go_waitgroup_wait(&wg); /* nothing to wait for */
    go_waitgroup_add(&wg, 1);
    CHECK_EQ(go_waitgroup_wait_until(&wg, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    go_waitgroup_done(&wg);
    CHECK_EQ(go_waitgroup_wait_until(&wg, 0), 0);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        barrier();
        race();
        by_go();
    }
}

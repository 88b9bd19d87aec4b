/* SPDX-License-Identifier: MIT */
/* Conformance 17: goroutines that pass a mutex on among themselves while they spin do not
 * keep it from those that are queued.
 * test: serial */
#include "support.h"

#include <goroutine.h>

enum { GREEDY = 3, MODEST = 4, TURNS = 20 };

static go_mutex m;
static bool stop;
static int64_t longest; /* under m */

static void compute(int64_t ns)
{
    for (int64_t end = clock_ns() + ns; clock_ns() < end;)
        ;
}

/* Short sections, as short pauses: who waits finds it free while it spins. */
static void greedy(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        go_mutex_lock(&m);
        compute(300);
        go_mutex_unlock(&m);
        compute(300);
    }
}

static void modest(void)
{
    for (int i = 0; i < TURNS; i++) {
        int64_t start = clock_ns();
        CHECK_EQ(go_mutex_lock_until(&m, go_now() + 10 * GO_SECOND), 0);
        if (clock_ns() - start > longest)
            longest = clock_ns() - start;
        go_mutex_unlock(&m);
        go_sleep(20 * GO_MICROSECOND);
    }
}

int main(void)
{
    for (int procs = 2; procs <= 4; procs++) {
        go_waitgroup all = { 0 }, served = { 0 };
        go_maxprocs(procs);
        __atomic_store_n(&stop, false, __ATOMIC_RELAXED);
        longest = 0;
        for (int i = 0; i < GREEDY; i++)
            go_waitgroup_go(&all, greedy);
        for (int i = 0; i < MODEST; i++)
            go_waitgroup_go(&served, modest);
        go_waitgroup_wait(&served);
        __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
        go_waitgroup_wait(&all);
        CHECK(longest < 2 * GO_SECOND);
    }
}

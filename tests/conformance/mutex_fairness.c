/* SPDX-License-Identifier: MIT */
/* Conformance 17: nobody starves at a mutex.
 *
 * One goroutine holds it nearly always and takes it again at once; the others
 * must get their turns, because a waiter of over 1 ms has it handed over.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static go_mutex m;
static bool stop;

static void spin_for(int64_t ns)
{
    for (int64_t end = clock_ns() + ns; clock_ns() < end;)
        ;
}

static void greedy_sleeping(go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        go_mutex_lock(&m);
        go_sleep(100 * GO_MICROSECOND);
        go_mutex_unlock(&m);
    }
    go_waitgroup_done(wg);
}

static void greedy_computing(go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        go_mutex_lock(&m);
        spin_for(100 * GO_MICROSECOND);
        go_mutex_unlock(&m);
    }
    go_waitgroup_done(wg);
}

static void modest(int turns, go_waitgroup *wg)
{
    for (int i = 0; i < turns; i++) {
        go_sleep(100 * GO_MICROSECOND);
        go_mutex_lock(&m);
        go_mutex_unlock(&m);
    }
    go_waitgroup_done(wg);
}

static void run(void (*greedy)(go_waitgroup *), int n)
{
    go_waitgroup greedy_wg = { 0 }, wg = { 0 };
    __atomic_store_n(&stop, false, __ATOMIC_RELAXED);
    go_waitgroup_add(&greedy_wg, 1);
    go(greedy, &greedy_wg);
    go_waitgroup_add(&wg, n);
    int64_t start = clock_ns();
    for (int i = 0; i < n; i++)
        go(modest, 10, &wg);
    CHECK_EQ(go_waitgroup_wait_until(&wg, go_now() + 10 * GO_SECOND), 0);
    CHECK(clock_ns() - start < 10 * GO_SECOND);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&greedy_wg);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        run(greedy_sleeping, 1);
        run(greedy_computing, 1);
        run(greedy_computing, 10);
    }
}

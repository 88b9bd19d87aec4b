/* SPDX-License-Identifier: MIT */
/* Conformance 22: a loop that calls nothing stops nobody, even on one P. */
#include "support.h"

#include <goroutine.h>

static bool stop;
static int ended;

static void hog(void)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        ;
    __atomic_add_fetch(&ended, 1, __ATOMIC_RELAXED);
}

static void count_to(int n, go_chan(int) done)
{
    for (int i = 0; i < n; i++)
        go_yield();
    go_send(done, n);
}

static void beside(int hogs)
{
    go_chan(int) done = go_make(int, 0);
    __atomic_store_n(&stop, false, __ATOMIC_RELAXED);
    __atomic_store_n(&ended, 0, __ATOMIC_RELAXED);
    for (int i = 0; i < hogs; i++)
        go(hog);
    for (int lap = 0; lap < 5; lap++) {
        int64_t start = clock_ns();
        go(count_to, 1000, done);
        CHECK(go_recv(done, NULL));
        go_sleep(GO_MILLISECOND);
        CHECK(clock_ns() - start < 5 * GO_SECOND);
    }
    CHECK_EQ(__atomic_load_n(&ended, __ATOMIC_RELAXED), 0);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    for (int64_t end = clock_ns() + 20 * GO_SECOND;
         __atomic_load_n(&ended, __ATOMIC_RELAXED) < hogs; go_yield())
        CHECK(clock_ns() < end);
    go_drop(done);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        beside(1);
        beside(procs);
        beside(2 * procs + 1);
    }
}

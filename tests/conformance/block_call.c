/* SPDX-License-Identifier: MIT */
/* go_block: runs the call here and now, on the caller's stack, with the P given
 * away at once.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static void sleep_for(int ms, int *calls)
{
    usleep((useconds_t)ms * 1000);
    __atomic_add_fetch(calls, 1, __ATOMIC_RELAXED);
}

static void blocker(int *calls, go_waitgroup *wg)
{
    int before = __atomic_load_n(calls, __ATOMIC_RELAXED);
    go_block(sleep_for, 50, calls);
    CHECK(__atomic_load_n(calls, __ATOMIC_RELAXED) > before); /* done when it returns */
    go_waitgroup_done(wg);
}

static void tid_of(pid_t *tid)
{
    *tid = thread_id();
}

static void many(int n)
{
    go_waitgroup wg = { 0 };
    int calls = 0;
    int64_t start = clock_ns();
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(blocker, &calls, &wg);
    go_waitgroup_wait(&wg);
    CHECK_EQ(calls, n);
    CHECK(clock_ns() - start < n * 50 * GO_MILLISECOND / 2);
}

int main(void)
{
    go_maxprocs(1);
    for (int i = 0; i < 3; i++)
        many(test_scale(100, 20));

    pid_t before = thread_id(), inside = 0;
    go_lock_thread(); /* else the scheduler may move us between the lines */
    before = thread_id();
    go_block(tid_of, &inside);
    CHECK_EQ(inside, before);
    CHECK_EQ(thread_id(), before);
    go_unlock_thread();
}

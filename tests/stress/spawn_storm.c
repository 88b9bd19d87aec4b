/* SPDX-License-Identifier: MIT */
/* Trees of goroutines that grow and end everywhere at once, then verify(). */
#include "check.h"

#include <goroutine.h>

static int64_t leaves;

static void grow(int depth, go_waitgroup *wg)
{
    if (depth == 0) {
        __atomic_add_fetch(&leaves, 1, __ATOMIC_RELAXED);
    } else {
        go_waitgroup_add(wg, 3);
        for (int i = 0; i < 3; i++)
            go(grow, depth - 1, wg);
        if (depth % 2)
            go_yield();
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    for (int round = 0; round < test_scale(20, 4); round++) {
        int depth = test_scale(9, 5);
        int64_t want = 1;
        for (int i = 0; i < depth; i++)
            want *= 3;
        go_waitgroup wg = { 0 };
        go_maxprocs(1 + round % 5);
        leaves = 0;
        go_waitgroup_add(&wg, 1);
        go(grow, depth, &wg);
        go_waitgroup_wait(&wg);
        CHECK_EQ(leaves, want);
        go_verify();
    }
}

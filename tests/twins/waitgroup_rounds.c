/* SPDX-License-Identifier: MIT */
/* One wait group used for round after round, several that wait for it at once, and
 * a wait for nothing. */
#include <goroutine.h>
#include <stdio.h>

static int32_t done, seen;

static void work(go_waitgroup *wg, int n)
{
    go_atomic_add(&done, n);
    go_waitgroup_done(wg);
}

static void watch(go_waitgroup *wg, int32_t all)
{
    go_waitgroup_wait(wg);
    if (go_atomic_load(&done) == all)
        go_atomic_add(&seen, 1);
}

int main(void)
{
    go_waitgroup wg = { 0 }, watchers = { 0 };
    go_waitgroup_wait(&wg);
    printf("nothing to wait for\n");
    int32_t all = 0;
    for (int round = 1; round <= 4; round++) {
        go_waitgroup_add(&wg, 2 * round);
        all += 2 * round * round;
        for (int i = 0; i < 3; i++)
            go_waitgroup_go(&watchers, watch, &wg, all);
        for (int i = 0; i < 2 * round; i++)
            go(work, &wg, round);
        go_waitgroup_wait(&wg);
        int32_t now = go_atomic_load(&done);
        go_waitgroup_wait(&watchers);
        printf("round %d done %d seen by %d\n", round, now, go_atomic_swap(&seen, 0));
    }
}

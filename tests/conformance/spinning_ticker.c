/* SPDX-License-Identifier: MIT */
/* Rule D5: with a spinning hog on every P, a ticker of 1 ms is late by at most
 * 5 ms at the median.
 * test: serial */
#include "support.h"

#include <goroutine.h>

enum { TICKS = 201 };

static bool stop;

static void hog(go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        ;
    go_waitgroup_done(wg);
}

static void tick(int64_t *late, go_waitgroup *wg)
{
    for (int i = 0; i < TICKS; i++) {
        int64_t due = go_now() + GO_MILLISECOND;
        go_sleep_until(due);
        late[i] = go_now() - due;
    }
    go_waitgroup_done(wg);
}

static int64_t run(int hogs)
{
    static int64_t late[TICKS];
    go_waitgroup hog_wg = { 0 }, wg = { 0 };
    __atomic_store_n(&stop, false, __ATOMIC_RELAXED);
    go_waitgroup_add(&hog_wg, hogs);
    go_waitgroup_add(&wg, 1);
    for (int i = 0; i < hogs; i++)
        go(hog, &hog_wg);
    go(tick, late, &wg);
    go_waitgroup_wait(&wg);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&hog_wg);
    return median(late, TICKS);
}

int main(void)
{
    int procs = go_maxprocs(0);
    int64_t limit = test_scale(5, 50) * GO_MILLISECOND, best = GO_FOREVER;
    for (int i = 0; i < 8 && best > limit; i++) { /* a busy machine may spoil a try */
        int64_t m = run(procs);
        best = m < best ? m : best;
    }
    if (best > limit)
        fprintf(stderr, "1 ms ticker late by %.3f ms at the median\n", best / 1e6);
    CHECK(best <= limit);
}

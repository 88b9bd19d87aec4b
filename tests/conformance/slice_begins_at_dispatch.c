/* SPDX-License-Identifier: MIT */
/* One P: goroutines that compute for 3 ms after each sleep do so one after the
 * other.  A slice is 10 ms long and begins when the goroutine does.
 *
 * One that was woken on an idle P inherited the slice of the one before it, and
 * lost the P at once, in every tenth case or more.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static int inside, lost_early;
static int64_t began; /* when the one inside came in */

/* Counts the other one as robbed if it is still inside, and for less than d: if the
 * kernel kept it from running for longer, its slice may be over. */
static void compute(int64_t d)
{
    int64_t now = go_now(), end = now + d;
    if (__atomic_fetch_add(&inside, 1, __ATOMIC_ACQ_REL) == 0)
        __atomic_store_n(&began, now, __ATOMIC_RELAXED);
    else if (now - __atomic_load_n(&began, __ATOMIC_RELAXED) < d)
        __atomic_fetch_add(&lost_early, 1, __ATOMIC_RELAXED);
    while (go_now() < end)
        __asm__ volatile("");
    __atomic_fetch_sub(&inside, 1, __ATOMIC_ACQ_REL);
}

static void compute_often(int64_t start, int laps, go_waitgroup *wg)
{
    for (int i = 1; i <= laps; i++) {
        go_sleep_until(start + i * 20 * GO_MILLISECOND);
        compute(3 * GO_MILLISECOND);
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    const char *debug = getenv("GO_DEBUG");
    if (debug && strstr(debug, "chaos"))
        return 77; /* there Ps are taken away at random */
    go_waitgroup wg = { 0 };
    int laps = 100;
    int64_t start = go_now();
    go_maxprocs(1);
    go_waitgroup_add(&wg, 2);
    go(compute_often, start, laps, &wg);
    go(compute_often, start, laps, &wg);
    go_waitgroup_wait(&wg);
    if (lost_early > 0)
        fprintf(stderr, "%d of %d lost the P early\n", lost_early, 2 * laps);
    CHECK(lost_early <= laps / 25);
}

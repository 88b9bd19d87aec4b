/* SPDX-License-Identifier: MIT */
/* Which number below 3000 takes the most steps to one?  Workers take ranges from a
 * shared counter and agree on the best under a lock. */
#include <goroutine.h>
#include <stdio.h>

enum { BELOW = 3000, RANGE = 64, WORKERS = 5 };

static go_int64 next;
static go_mutex mu;
static int64_t best, best_steps, highest; /* mu */

static int64_t steps(int64_t n, int64_t *peak)
{
    int64_t count = 0;
    for (; n != 1; count++) {
        n = n % 2 ? 3 * n + 1 : n / 2;
        if (n > *peak)
            *peak = n;
    }
    return count;
}

static void worker(void)
{
    for (;;) {
        int64_t from = go_int64_add(&next, RANGE) - RANGE + 1;
        if (from >= BELOW)
            return;
        int64_t mine = 0, mine_steps = -1, peak = 0;
        for (int64_t n = from; n < from + RANGE && n < BELOW; n++) {
            int64_t s = steps(n, &peak);
            if (s > mine_steps) {
                mine = n;
                mine_steps = s;
            }
        }
        go_with_lock (&mu) {
            if (mine_steps > best_steps || (mine_steps == best_steps && mine < best)) {
                best = mine;
                best_steps = mine_steps;
            }
            if (peak > highest)
                highest = peak;
        }
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&wg, worker);
    go_waitgroup_wait(&wg);
    printf("%lld takes %lld steps; the highest number seen is %lld\n", (long long)best,
           (long long)best_steps, (long long)highest);
}

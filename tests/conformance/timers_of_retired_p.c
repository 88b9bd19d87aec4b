/* SPDX-License-Identifier: MIT */
/* Timers that were set before GOMAXPROCS became smaller fire in time, also while
 * the Ps that remain are busy.
 *
 * Those of Ps that are no longer counted were once looked at only by a P that ran
 * out of work, half a second late.
 * test: serial */
#include "support.h"

#include <goroutine.h>

enum { SLEEPERS = 63, SPINNERS = 8 };

static int sleeping, woken;
static bool stop;
static int64_t late[SLEEPERS];

static void sleeper(int i, int64_t until)
{
    __atomic_add_fetch(&sleeping, 1, __ATOMIC_RELAXED);
    go_sleep_until(until);
    late[i] = go_now() - until;
    __atomic_add_fetch(&woken, 1, __ATOMIC_RELEASE);
}

static void spinner(go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED))
        go_yield();
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_maxprocs(4);
    int64_t until = go_now() + 300 * GO_MILLISECOND;
    for (int i = 0; i < SLEEPERS; i++)
        go(sleeper, i, until);
    while (__atomic_load_n(&sleeping, __ATOMIC_RELAXED) < SLEEPERS)
        __asm__ volatile(""); /* main keeps its P: the others take the sleepers */
    go_maxprocs(1);

    go_waitgroup_add(&wg, SPINNERS);
    for (int i = 0; i < SPINNERS; i++)
        go(spinner, &wg);
    while (__atomic_load_n(&woken, __ATOMIC_ACQUIRE) < SLEEPERS) {
        CHECK(go_now() < until + 20 * GO_SECOND);
        go_yield();
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&wg);
    CHECK(median(late, SLEEPERS) < test_scale(50, 500) * GO_MILLISECOND);
}

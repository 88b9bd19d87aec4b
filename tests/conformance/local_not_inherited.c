/* SPDX-License-Identifier: MIT */
/* go_local: a destructor that sets its value again is called a bounded number of
 * times, and a later goroutine never sees what it left.
 *
 * The last value stayed with the record of the goroutine, which the next one got. */
#include "check.h"

#include <goroutine.h>

static int calls;

static void set_again(void *value);
static go_local stubborn = { .destroy = set_again };

static void set_again(void *value)
{
    __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    CHECK_EQ(go_local_set(&stubborn, value), 0);
}

static void leave_one(go_waitgroup *wg)
{
    CHECK(go_local_get(&stubborn) == NULL);
    CHECK_EQ(go_local_set(&stubborn, wg), 0);
    go_waitgroup_done(wg);
}

int main(void)
{
    int n = test_scale(1000, 100), total = 0;
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        for (int i = 0; i < n; i++) {
            go_waitgroup_add(&wg, 1);
            go(leave_one, &wg);
            go_waitgroup_wait(&wg);
        }
        total += n;
        for (int64_t end = go_now() + 20 * GO_SECOND;
             __atomic_load_n(&calls, __ATOMIC_RELAXED) < total; go_yield())
            CHECK(go_now() < end);
    }
}

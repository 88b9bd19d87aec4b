/* SPDX-License-Identifier: MIT */
/* Rule D1: the floating point control word is the goroutine's, as the ABI says
 * of any call: a rounding mode set in one is not seen in another. */
#include "check.h"

#include <fenv.h>
#include <goroutine.h>
#include <math.h>

static void round_my_way(int mode, double want, int laps, go_waitgroup *wg)
{
    volatile double x = 2.5;
    CHECK_EQ(fegetround(), FE_TONEAREST); /* not the parent's */
    CHECK_EQ(fesetround(mode), 0);
    for (int i = 0; i < laps; i++) {
        if (i % 10 == 0)
            go_sleep(10 * GO_MICROSECOND);
        else
            go_yield();
        CHECK_EQ(fegetround(), mode);
        CHECK(rint(x) == want);
    }
    go_waitgroup_done(wg);
}

static void leave_it_set(int mode, go_waitgroup *wg)
{
    CHECK_EQ(fesetround(mode), 0);
    go_waitgroup_done(wg);
}

static void expect_nearest(go_waitgroup *wg)
{
    CHECK_EQ(fegetround(), FE_TONEAREST);
    go_waitgroup_done(wg);
}

int main(void)
{
    int laps = test_scale(500, 50);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        go_waitgroup_add(&wg, 40);
        for (int i = 0; i < 10; i++) {
            go(round_my_way, FE_UPWARD, 3.0, laps, &wg);
            go(round_my_way, FE_DOWNWARD, 2.0, laps, &wg);
            go(round_my_way, FE_TOWARDZERO, 2.0, laps, &wg);
            go(round_my_way, FE_TONEAREST, 2.0, laps, &wg);
        }
        go_waitgroup_wait(&wg);
        CHECK_EQ(fegetround(), FE_TONEAREST);

        for (int i = 0; i < 20; i++) { /* recycled stacks begin afresh */
            go_waitgroup_add(&wg, 2);
            go(leave_it_set, FE_UPWARD, &wg);
            go_yield();
            go(expect_nearest, &wg);
            go_waitgroup_wait(&wg);
        }
    }
}

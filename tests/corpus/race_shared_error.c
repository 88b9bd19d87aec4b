/* SPDX-License-Identifier: MIT */
/* Pattern: one variable for the error of several goroutines.
 * Right: each has its own.
 * Report: both writes. */
#include "race.h"

static int err[2];

static void step(int i, go_waitgroup *wg)
{
    race_meet(2);
    err[racy ? 0 : i] = -EIO;
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(step, 0, &wg);
    go(step, 1, &wg);
    go_waitgroup_wait(&wg);
    return racy || (err[0] == -EIO && err[1] == -EIO) ? 0 : 1;
}

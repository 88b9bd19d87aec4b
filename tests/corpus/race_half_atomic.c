/* SPDX-License-Identifier: MIT */
/* Pattern: a counter is incremented atomically and read as if it were plain.
 * Right: all of its uses are atomic.
 * Report: the increment and the read. */
#include "race.h"

static int64_t requests;

static void serve(go_waitgroup *wg)
{
    race_meet(2);
    go_atomic_add(&requests, 1);
    go_waitgroup_done(wg);
}

static void show(go_waitgroup *wg)
{
    race_meet(2);
    int64_t n = racy ? *(volatile int64_t *)&requests : go_atomic_load(&requests);
    if (n > 1)
        exit(1);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(serve, &wg);
    go(show, &wg);
    go_waitgroup_wait(&wg);
}

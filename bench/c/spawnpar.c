/* SPDX-License-Identifier: MIT */
/* Spawn and exit in parallel: one spawner per P, each with a wait group. */
#include "report.h"

#include <goroutine.h>

static void leaf(go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

static void spawner(long n, go_waitgroup *all)
{
    go_waitgroup wg = { 0 };
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go(leaf, &wg);
    }
    go_waitgroup_wait(&wg);
    go_waitgroup_done(all);
}

int main(int argc, char **argv)
{
    int procs = go_maxprocs(0);
    long each = report_count(argc, argv) / procs;
    go_waitgroup all = { 0 };
    struct report_span start = report_start();
    for (int i = 0; i < procs; i++) {
        go_waitgroup_add(&all, 1);
        go(spawner, each, &all);
    }
    go_waitgroup_wait(&all);
    report_per_op("spawnpar", start, each * procs);
}

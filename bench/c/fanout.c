/* SPDX-License-Identifier: MIT */
/* Fan out and join: a spawner on each P starts goroutines by the hundred and
 * waits for each hundred. */
#include "report.h"

#include <goroutine.h>

enum { BATCH = 100 };

static void leaf(go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

static void spawner(long batches, go_waitgroup *all)
{
    go_waitgroup wg = { 0 };
    for (long b = 0; b < batches; b++) {
        for (int i = 0; i < BATCH; i++) {
            go_waitgroup_add(&wg, 1);
            go(leaf, &wg);
        }
        go_waitgroup_wait(&wg);
    }
    go_waitgroup_done(all);
}

int main(int argc, char **argv)
{
    int procs = go_maxprocs(0);
    long batches = report_count(argc, argv) / procs / BATCH;
    go_waitgroup all = { 0 };
    struct report_span start = report_start();
    for (int i = 0; i < procs; i++) {
        go_waitgroup_add(&all, 1);
        go(spawner, batches, &all);
    }
    go_waitgroup_wait(&all);
    report_per_op("fanout", start, procs * batches * BATCH);
}

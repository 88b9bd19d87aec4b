/* SPDX-License-Identifier: MIT */
/* Spawn and exit: one goroutine starts many, a wait group counts them. */
#include "report.h"

#include <goroutine.h>

static void leaf(go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go(leaf, &wg);
    }
    go_waitgroup_wait(&wg);
    report_per_op("spawn", start, n);
}

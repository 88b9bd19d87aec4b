/* SPDX-License-Identifier: MIT */
/* Four goroutines that do nothing but yield. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 4 };

static void yielder(long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++)
        go_yield();
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / WORKERS;
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (int i = 0; i < WORKERS; i++) {
        go_waitgroup_add(&wg, 1);
        go(yielder, each, &wg);
    }
    go_waitgroup_wait(&wg);
    report_per_op("yield", start, each * WORKERS);
}

/* SPDX-License-Identifier: MIT */
/* Eight goroutines count under one mutex. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 8 };

static go_mutex mu;
static long total;

static void count(long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++) {
        go_mutex_lock(&mu);
        total++;
        go_mutex_unlock(&mu);
    }
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / WORKERS;
    go_waitgroup wg = { 0 };
    int64_t start = report_clock();
    for (int i = 0; i < WORKERS; i++) {
        go_waitgroup_add(&wg, 1);
        go(count, each, &wg);
    }
    go_waitgroup_wait(&wg);
    report_per_op("mutex", start, each * WORKERS);
    if (total != each * WORKERS)
        report_fail("mutex: wrong total %ld", total);
}

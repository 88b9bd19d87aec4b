/* SPDX-License-Identifier: MIT */
/* Eight goroutines count under one mutex; and one, whom nobody disturbs. */
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

static void measure(const char *name, int workers, long n)
{
    long each = n / workers;
    go_waitgroup wg = { 0 };
    total = 0;
    struct report_span start = report_start();
    for (int i = 0; i < workers; i++) {
        go_waitgroup_add(&wg, 1);
        go(count, each, &wg);
    }
    go_waitgroup_wait(&wg);
    report_per_op(name, start, each * workers);
    if (total != each * workers)
        report_fail("%s: wrong total %ld", name, total);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    measure("mutex", WORKERS, n);
    measure("mutex.one", 1, n);
}

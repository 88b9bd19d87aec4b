/* SPDX-License-Identifier: MIT */
/* Eight goroutines read under one rwmutex; one alone; and with a writer now and then. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 8, WRITE_EVERY = 1000 };

static go_rwmutex mu;
static long a, b;

static void read_only(long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++) {
        go_rwmutex_rlock(&mu);
        if (a != b)
            report_fail("rwread: a reader beside a writer");
        go_rwmutex_runlock(&mu);
    }
    go_waitgroup_done(wg);
}

static void read_mostly(long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++) {
        if (i % WRITE_EVERY == 0) {
            go_rwmutex_lock(&mu);
            a++;
            b++;
            go_rwmutex_unlock(&mu);
            continue;
        }
        go_rwmutex_rlock(&mu);
        if (a != b)
            report_fail("rwread: a reader beside a writer");
        go_rwmutex_runlock(&mu);
    }
    go_waitgroup_done(wg);
}

static void measure(const char *name, int workers, void (*f)(long, go_waitgroup *), long n)
{
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    go_waitgroup_add(&wg, workers);
    for (int i = 0; i < workers; i++)
        go(f, n / workers, &wg);
    go_waitgroup_wait(&wg);
    report_per_op(name, start, n / workers * workers);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    measure("rwread", WORKERS, read_only, n);
    measure("rwread.one", 1, read_only, n);
    measure("rwread.mostly", WORKERS, read_mostly, n);
}

/* SPDX-License-Identifier: MIT */
/* Get and put back: one thing; and from one goroutine to another over a channel. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 8 };

static void *make(void *arg)
{
    (void)arg;
    return calloc(1, 64);
}

static go_pool pool = { .make = make, .destroy = free };

static void use(long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++) {
        long *x = go_pool_get(&pool);
        ++*x;
        go_pool_put(&pool, x);
    }
    go_waitgroup_done(wg);
}

static void get_all(long n, go_chan(long *) c)
{
    for (long i = 0; i < n; i++)
        go_send(c, go_pool_get(&pool));
    go_close(c);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), passed = n / 20, got = 0, *x;
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    go_waitgroup_add(&wg, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go(use, n / WORKERS, &wg);
    go_waitgroup_wait(&wg);
    report_per_op("pool", start, n / WORKERS * WORKERS);

    go_chan(long *) c = go_make(long *, 64);
    start = report_start();
    go(get_all, passed, c);
    for (; go_recv(c, &x); got++)
        go_pool_put(&pool, x);
    report_per_op("pool.passed", start, passed);
    if (got != passed)
        report_fail("pool: %ld of %ld passed", got, passed);
}

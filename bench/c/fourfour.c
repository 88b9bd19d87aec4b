/* SPDX-License-Identifier: MIT */
/* Four producers and four consumers through one buffer of 64. */
#include "report.h"

#include <goroutine.h>

enum { SIDE = 4 };

static void produce(go_chan(long) c, long n, go_waitgroup *wg)
{
    for (long i = 0; i < n; i++)
        go_send(c, i);
    go_waitgroup_done(wg);
}

static void consume(go_chan(long) c, go_chan(long) sums)
{
    long sum = 0;
    go_range (v, c)
        sum += v;
    go_send(sums, sum);
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / SIDE, sum = 0, v;
    go_chan(long) c = go_make(long, 64);
    go_chan(long) sums = go_make(long, 0);
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (int i = 0; i < SIDE; i++) {
        go_waitgroup_add(&wg, 1);
        go(produce, c, each, &wg);
        go(consume, c, sums);
    }
    go_waitgroup_wait(&wg);
    go_close(c);
    for (int i = 0; i < SIDE; i++) {
        go_recv(sums, &v);
        sum += v;
    }
    report_per_op("fourfour", start, each * SIDE);
    if (sum != SIDE * (each * (each - 1) / 2))
        report_fail("fourfour: wrong sum %ld", sum);
    go_drop(c);
    go_drop(sums);
}

/* SPDX-License-Identifier: MIT */
/* One producer and one consumer through a buffer: of 1, of 16, of 128. */
#include "report.h"

#include <goroutine.h>

static void produce(go_chan(long) c, long n)
{
    for (long i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

static void measure(const char *name, int capacity, long n)
{
    long sum = 0;
    go_chan(long) c = go_make(long, capacity);
    struct report_span start = report_start();
    go(produce, c, n);
    go_range (v, c)
        sum += v;
    report_per_op(name, start, n);
    if (sum != n * (n - 1) / 2)
        report_fail("%s: wrong sum %ld", name, sum);
    go_drop(c);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    measure("stream.1", 1, n);
    measure("stream.16", 16, n);
    measure("stream.128", 128, n);
}

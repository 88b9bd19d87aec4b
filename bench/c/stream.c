/* SPDX-License-Identifier: MIT */
/* One producer and one consumer through a buffer of 128. */
#include "report.h"

#include <goroutine.h>

static void produce(go_chan(long) c, long n)
{
    for (long i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0;
    go_chan(long) c = go_make(long, 128);
    int64_t start = report_clock();
    go(produce, c, n);
    go_range (v, c)
        sum += v;
    report_per_op("stream", start, n);
    if (sum != n * (n - 1) / 2)
        report_fail("stream: wrong sum %ld", sum);
    go_drop(c);
}

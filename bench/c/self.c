/* SPDX-License-Identifier: MIT */
/* One goroutine sends to itself through a buffered channel. */
#include "report.h"

#include <goroutine.h>

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0, v;
    go_chan(long) c = go_make(long, 1);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_send(c, i);
        go_recv(c, &v);
        sum += v;
    }
    report_per_op("self", start, n);
    if (sum != n * (n - 1) / 2)
        report_fail("self: wrong sum %ld", sum);
    go_drop(c);
}

/* SPDX-License-Identifier: MIT */
/* One thread sends to itself through a queue of one place. */
#include "channel.h"

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0, v;
    threads_init();
    channel *c = channel_new(1);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        channel_send(c, i);
        channel_receive(c, &v);
        sum += v;
    }
    report_per_op("self", start, n);
    if (sum != n * (n - 1) / 2)
        report_fail("self: wrong sum %ld", sum);
    channel_free(c);
}

/* SPDX-License-Identifier: MIT */
/* Round trips of two goroutines over two unbuffered channels. */
#include "report.h"

#include <goroutine.h>

static void echo(go_chan(long) in, go_chan(long) out)
{
    go_range (v, in)
        go_send(out, v + 1);
    go_close(out);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0, v;
    go_chan(long) ping = go_make(long, 0);
    go_chan(long) pong = go_make(long, 0);
    go(echo, ping, pong);
    int64_t start = report_clock();
    for (long i = 0; i < n; i++) {
        go_send(ping, i);
        go_recv(pong, &v);
        sum += v;
    }
    report_per_op("pingpong", start, n);
    go_close(ping);
    if (go_recv(pong, &v) || sum != n * (n + 1) / 2)
        report_fail("pingpong: wrong sum %ld", sum);
    go_drop(ping);
    go_drop(pong);
}

/* SPDX-License-Identifier: MIT */
/* Round trips of two goroutines over two unbuffered channels; or of many such pairs, which
 * share the count. */
#include "report.h"

#include <goroutine.h>

static void echo(go_chan(long) in, go_chan(long) out)
{
    go_range (v, in)
        go_send(out, v + 1);
    go_close(out);
}

static void pair(long n, go_waitgroup *wg)
{
    long sum = 0, v;
    go_chan(long) ping = go_make(long, 0);
    go_chan(long) pong = go_make(long, 0);
    go(echo, ping, pong);
    for (long i = 0; i < n; i++) {
        go_send(ping, i);
        go_recv(pong, &v);
        sum += v;
    }
    go_close(ping);
    if (go_recv(pong, &v) || sum != n * (n + 1) / 2)
        report_fail("pingpong: wrong sum %ld", sum);
    go_drop(ping);
    go_drop(pong);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long pairs = report_size(argc, argv, 1), each = report_count(argc, argv) / pairs;
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < pairs; i++) {
        go_waitgroup_add(&wg, 1);
        go(pair, each, &wg);
    }
    go_waitgroup_wait(&wg);
    report_per_op("pingpong", start, each * pairs);
}

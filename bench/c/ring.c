/* SPDX-License-Identifier: MIT */
/* A token goes round goroutines, 1000 if not told otherwise, joined by unbuffered channels. */
#include "report.h"

#include <goroutine.h>

static void member(go_chan(long) in, go_chan(long) out)
{
    go_range (v, in)
        go_send(out, v + 1);
    go_close(out);
    go_drop(in);
}

int main(int argc, char **argv)
{
    long members = report_size(argc, argv, 1000), laps = report_count(argc, argv) / members;
    long token = 0;
    go_chan(long) first = go_make(long, 0);
    go_chan(long) last = go_hold(first);
    for (long i = 0; i < members - 1; i++) {
        go_chan(long) next = go_make(long, 0);
        go(member, last, next);
        last = next;
    }
    struct report_span start = report_start();
    for (long i = 0; i < laps; i++) {
        go_send(first, token);
        go_recv(last, &token);
        token++;
    }
    report_per_op("ring", start, laps * members);
    go_close(first);
    long end;
    if (go_recv(last, &end) || token != laps * members)
        report_fail("ring: wrong token %ld", token);
    go_drop(first);
    go_drop(last);
}

/* SPDX-License-Identifier: MIT */
/* A token goes round 1000 goroutines joined by unbuffered channels. */
#include "report.h"

#include <goroutine.h>

enum { MEMBERS = 1000 };

static void member(go_chan(long) in, go_chan(long) out)
{
    go_range (v, in)
        go_send(out, v + 1);
    go_close(out);
    go_drop(in);
}

int main(int argc, char **argv)
{
    long laps = report_count(argc, argv) / MEMBERS, token = 0;
    go_chan(long) first = go_make(long, 0);
    go_chan(long) last = go_hold(first);
    for (int i = 0; i < MEMBERS - 1; i++) {
        go_chan(long) next = go_make(long, 0);
        go(member, last, next);
        last = next;
    }
    int64_t start = report_clock();
    for (long i = 0; i < laps; i++) {
        go_send(first, token);
        go_recv(last, &token);
        token++;
    }
    report_per_op("ring", start, laps * MEMBERS);
    go_close(first);
    long end;
    if (go_recv(last, &end) || token != laps * MEMBERS)
        report_fail("ring: wrong token %ld", token);
    go_drop(first);
    go_drop(last);
}

/* SPDX-License-Identifier: MIT */
/* One goroutine selects over 64 unbuffered channels, each with its sender. */
#include "report.h"

#include <goroutine.h>

enum { SENDERS = 64 };

static void send_all(go_chan(long) c, long n)
{
    for (long i = 0; i < n; i++)
        go_send(c, i);
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / SENDERS, sum = 0;
    go_chan(long) c[SENDERS];
    long v[SENDERS];
    struct go_case cases[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
        c[i] = go_make(long, 0);
        cases[i] = go_on_recv(c[i], &v[i]);
    }
    struct report_span start = report_start();
    for (int i = 0; i < SENDERS; i++)
        go(send_all, c[i], each);
    for (long i = 0; i < each * SENDERS; i++)
        sum += v[go_select_cases(cases, SENDERS)];
    report_per_op("select64", start, each * SENDERS);
    if (sum != SENDERS * (each * (each - 1) / 2))
        report_fail("select64: wrong sum %ld", sum);
    for (int i = 0; i < SENDERS; i++)
        go_drop(c[i]);
}

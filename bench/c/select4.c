/* SPDX-License-Identifier: MIT */
/* One goroutine selects over four unbuffered channels, each with its sender. */
#include "report.h"

#include <goroutine.h>

enum { SENDERS = 4 };

static void send_all(go_chan(long) c, long n)
{
    for (long i = 0; i < n; i++)
        go_send(c, i);
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / SENDERS, sum = 0, v;
    go_chan(long) c[SENDERS];
    for (int i = 0; i < SENDERS; i++)
        c[i] = go_make(long, 0);
    struct report_span start = report_start();
    for (int i = 0; i < SENDERS; i++)
        go(send_all, c[i], each);
    for (long i = 0; i < each * SENDERS; i++) {
        switch (go_select(go_on_recv(c[0], &v), go_on_recv(c[1], &v), go_on_recv(c[2], &v),
                          go_on_recv(c[3], &v))) {
        case 0:
            sum += v;
            break;
        case 1:
            sum += v;
            break;
        case 2:
            sum += v;
            break;
        case 3:
            sum += v;
            break;
        }
    }
    report_per_op("select4", start, each * SENDERS);
    if (sum != SENDERS * (each * (each - 1) / 2))
        report_fail("select4: wrong sum %ld", sum);
    for (int i = 0; i < SENDERS; i++)
        go_drop(c[i]);
}

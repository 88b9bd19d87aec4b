/* SPDX-License-Identifier: MIT */
/* CPU time that a program uses while all its goroutines wait. */
#include "report.h"

#include <goroutine.h>

enum { WAITERS = 1000 };

static void waiter(go_chan(long) c)
{
    go_recv(c, NULL);
}

int main(int argc, char **argv)
{
    long millis = report_count(argc, argv);
    go_chan(long) c = go_make(long, 0);
    for (int i = 0; i < WAITERS; i++)
        go(waiter, c);
    go_sleep(100 * GO_MILLISECOND);
    int64_t before = report_cpu();
    go_sleep(millis * GO_MILLISECOND);
    double used = (double)(report_cpu() - before);
    printf("idle %.1f us/s\n", used / (double)millis);
}

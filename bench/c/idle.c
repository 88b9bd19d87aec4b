/* SPDX-License-Identifier: MIT */
/* CPU time that a program uses while all its goroutines wait. */
#include "report.h"

#include <goroutine.h>
#include <sys/resource.h>

enum { WAITERS = 1000 };

static void waiter(go_chan(long) c)
{
    go_recv(c, NULL);
}

static double cpu_micros(void)
{
    struct rusage u;
    if (getrusage(RUSAGE_SELF, &u) != 0)
        report_fail("getrusage failed");
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

int main(int argc, char **argv)
{
    long millis = report_count(argc, argv);
    go_chan(long) c = go_make(long, 0);
    for (int i = 0; i < WAITERS; i++)
        go(waiter, c);
    go_sleep(100 * GO_MILLISECOND);
    double before = cpu_micros();
    go_sleep(millis * GO_MILLISECOND);
    double used = cpu_micros() - before;
    printf("idle %.1f us/s\n", used * 1e3 / (double)millis);
}

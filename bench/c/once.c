/* SPDX-License-Identifier: MIT */
/* A once that is done, and a value that has been computed. */
#include "report.h"

#include <goroutine.h>

static go_once once;
static go_once_value(long) value;

static void nothing(void *arg)
{
    (void)arg;
}

static long compute(long x)
{
    return x + 1;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0;
    struct report_span start = report_start();
    for (long i = 0; i < n; i++)
        go_once_do(&once, nothing, NULL);
    report_per_op("once", start, n);
    start = report_start();
    for (long i = 0; i < n; i++)
        sum += go_once_get(&value, compute, 1);
    report_per_op("once.value", start, n);
    if (sum != 2 * n)
        report_fail("once: wrong sum %ld", sum);
}

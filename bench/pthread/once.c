/* SPDX-License-Identifier: MIT */
/* A once that is done, and a value that has been computed. */
#include "threads.h"

static pthread_once_t once = PTHREAD_ONCE_INIT, computed = PTHREAD_ONCE_INIT;
static long value;

static void nothing(void)
{
}

static void compute(void)
{
    value = 2;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0;
    threads_init();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++)
        pthread_once(&once, nothing);
    report_per_op("once", start, n);
    start = report_start();
    for (long i = 0; i < n; i++) {
        pthread_once(&computed, compute);
        sum += value;
    }
    report_per_op("once.value", start, n);
    if (sum != 2 * n)
        report_fail("once: wrong sum %ld", sum);
}

/* SPDX-License-Identifier: MIT */
/* What the C halves of the benchmarks share: the loop count of the command
 * line, the clock, and one line "name value unit" per figure. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* report_fail - end the program: a wrong result has no figure. */
static inline __attribute__((noreturn, format(printf, 1, 2))) void report_fail(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(1);
}

/* report_count - the loop count given on the command line. */
static inline long report_count(int argc, char **argv)
{
    char *end = NULL;
    long n = argc == 2 ? strtol(argv[1], &end, 10) : 0;
    if (n <= 0 || *end)
        report_fail("usage: %s COUNT", argv[0]);
    return n;
}

static inline int64_t report_clock(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* report_per_op - nanoseconds that each of n operations took since start. */
static inline void report_per_op(const char *name, int64_t start, long n)
{
    printf("%s %.2f ns\n", name, (double)(report_clock() - start) / (double)n);
}

static inline void report_millis(const char *name, int64_t start)
{
    printf("%s %.3f ms\n", name, (double)(report_clock() - start) / 1e6);
}

static inline int report_earlier(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* report_delays - median and 99th percentile, in microseconds.  Sorts d. */
static inline void report_delays(const char *name, int64_t *d, long n)
{
    qsort(d, (size_t)n, sizeof *d, report_earlier);
    printf("%s.median %.2f us\n", name, (double)d[n / 2] / 1e3);
    printf("%s.p99 %.2f us\n", name, (double)d[n * 99 / 100] / 1e3);
}

/* report_resident - bytes in use, page tables included. */
static inline long report_resident(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    if (!f)
        report_fail("no /proc/self/status");
    char line[256];
    long total = 0, kib;
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "VmRSS: %ld", &kib) == 1 || sscanf(line, "VmPTE: %ld", &kib) == 1)
            total += kib * 1024;
    fclose(f);
    return total;
}

#endif

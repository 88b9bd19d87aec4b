/* SPDX-License-Identifier: MIT */
/* What the C programs of the benchmarks share: the numbers of the command line, the
 * clocks, and one line for each figure: "name value unit", or "name value unit cpu",
 * where cpu is the CPU time of the whole process in the same unit.
 *
 * None of the library is in it: the programs that stand beside ours use it too. */
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

static inline long report_number(char **argv, int i)
{
    char *end;
    long n = strtol(argv[i], &end, 10);
    if (n <= 0 || *end)
        report_fail("%s: not a number above 0: %s", argv[0], argv[i]);
    return n;
}

/* report_count - the loop count given on the command line. */
static inline long report_count(int argc, char **argv)
{
    if (argc < 2)
        report_fail("usage: %s COUNT", argv[0]);
    return report_number(argv, 1);
}

/* report_size - what follows the loop count: how many goroutines, channels, ... */
static inline long report_size(int argc, char **argv, long otherwise)
{
    return argc > 2 ? report_number(argv, 2) : otherwise;
}

static inline int64_t report_read_clock(clockid_t id)
{
    struct timespec t;
    if (clock_gettime(id, &t) != 0)
        report_fail("clock_gettime failed");
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline int64_t report_clock(void)
{
    return report_read_clock(CLOCK_MONOTONIC);
}

/* report_cpu - CPU time of all threads of the process, in nanoseconds. */
static inline int64_t report_cpu(void)
{
    return report_read_clock(CLOCK_PROCESS_CPUTIME_ID);
}

/* Where a span begins, or how long it was. */
struct report_span {
    int64_t wall, cpu;
};

static inline struct report_span report_start(void)
{
    int64_t cpu = report_cpu();
    return (struct report_span){ report_clock(), cpu };
}

static inline struct report_span report_since(struct report_span start)
{
    int64_t wall = report_clock();
    return (struct report_span){ wall - start.wall, report_cpu() - start.cpu };
}

/* report_per_op - nanoseconds that each of n operations took since start. */
static inline void report_per_op(const char *name, struct report_span start, long n)
{
    struct report_span took = report_since(start);
    printf("%s %.2f ns %.2f\n", name, (double)took.wall / (double)n, (double)took.cpu / (double)n);
}

/* report_micros_per_op - the same for what takes longer. */
static inline void report_micros_per_op(const char *name, struct report_span start, long n)
{
    struct report_span took = report_since(start);
    printf("%s %.3f us %.3f\n", name, (double)took.wall / 1e3 / (double)n,
           (double)took.cpu / 1e3 / (double)n);
}

static inline void report_millis(const char *name, struct report_span start)
{
    struct report_span took = report_since(start);
    printf("%s %.3f ms %.3f\n", name, (double)took.wall / 1e6, (double)took.cpu / 1e6);
}

static inline int report_earlier(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* report_sort - what the percentiles are taken from. */
static inline void report_sort(int64_t *d, long n)
{
    qsort(d, (size_t)n, sizeof *d, report_earlier);
}

/* report_delays - median and 99th percentile, in microseconds.  Sorts d. */
static inline void report_delays(const char *name, int64_t *d, long n)
{
    report_sort(d, n);
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

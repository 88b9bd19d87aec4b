/* SPDX-License-Identifier: MIT */
/* A wait group: add and done by one goroutine; and rounds in which eight goroutines are
 * started and waited for. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 8 };

static void work(long *done)
{
    ++*done;
}

static void alone(long n)
{
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_waitgroup_add(&wg, 1);
        go_waitgroup_done(&wg);
    }
    go_waitgroup_wait(&wg);
    report_per_op("waitgroup", start, n);
}

static void rounds(long n)
{
    go_waitgroup wg = { 0 };
    long done[WORKERS] = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        for (int w = 0; w < WORKERS; w++)
            go_waitgroup_go(&wg, work, &done[w]);
        go_waitgroup_wait(&wg);
    }
    report_per_op("waitgroup.8", start, n);
    for (int w = 0; w < WORKERS; w++)
        if (done[w] != n)
            report_fail("waitgroup.8: %ld of %ld", done[w], n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    alone(n);
    rounds(n / 20);
}

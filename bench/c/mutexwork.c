/* SPDX-License-Identifier: MIT */
/* Eight goroutines, some 300 ns of work inside the mutex and as much outside. */
#include "report.h"

#include <goroutine.h>

enum { WORKERS = 8, STEPS = 300 };

static go_mutex mu;
static uint64_t inside;

/* A chain of dependent additions and shifts: about a nanosecond each. */
static uint64_t work(uint64_t x)
{
    for (int i = 0; i < STEPS; i++) {
        x += x << 1 | 1;
        x ^= x >> 7;
    }
    return x;
}

static void count(long n, uint64_t *outside, go_waitgroup *wg)
{
    uint64_t x = *outside;
    for (long i = 0; i < n; i++) {
        go_mutex_lock(&mu);
        inside = work(inside);
        go_mutex_unlock(&mu);
        x = work(x);
    }
    *outside = x;
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / WORKERS;
    uint64_t outside[WORKERS] = { 0 };
    go_waitgroup wg = { 0 };
    struct report_span start = report_start();
    go_waitgroup_add(&wg, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go(count, each, &outside[i], &wg);
    go_waitgroup_wait(&wg);
    report_per_op("mutexwork", start, each * WORKERS);
    uint64_t want = 0;
    for (long i = 0; i < each; i++)
        want = work(want);
    for (int i = 0; i < WORKERS; i++)
        if (outside[i] != want)
            report_fail("mutexwork: wrong result");
}

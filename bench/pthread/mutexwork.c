/* SPDX-License-Identifier: MIT */
/* Eight threads, some 300 ns of work inside the mutex and as much outside. */
#include "threads.h"

enum { WORKERS = 8, STEPS = 300 };

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static uint64_t inside, outside[WORKERS];
static long each;

/* A chain of dependent additions and shifts: about a nanosecond each. */
static uint64_t work(uint64_t x)
{
    for (int i = 0; i < STEPS; i++) {
        x += x << 1 | 1;
        x ^= x >> 7;
    }
    return x;
}

static void *count(void *arg)
{
    uint64_t *result = arg, x = *result;
    for (long i = 0; i < each; i++) {
        pthread_mutex_lock(&mu);
        inside = work(inside);
        pthread_mutex_unlock(&mu);
        x = work(x);
    }
    *result = x;
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t t[WORKERS];
    each = report_count(argc, argv) / WORKERS;
    threads_init();
    struct report_span start = report_start();
    for (int i = 0; i < WORKERS; i++)
        t[i] = threads_start(count, &outside[i]);
    threads_join(t, WORKERS);
    report_per_op("mutexwork", start, each * WORKERS);
    uint64_t want = 0;
    for (long i = 0; i < each; i++)
        want = work(want);
    for (int i = 0; i < WORKERS; i++)
        if (outside[i] != want)
            report_fail("mutexwork: wrong result");
}

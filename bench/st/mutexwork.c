/* SPDX-License-Identifier: MIT */
/* Eight threads, some 300 ns of work inside the mutex and as much outside. */
#include "threads.h"

enum { WORKERS = 8, STEPS = 300 };

static st_mutex_t mu;
static uint64_t inside, outside[WORKERS];
static long each;
static struct group workers;

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
        st_mutex_lock(mu);
        inside = work(inside);
        st_mutex_unlock(mu);
        x = work(x);
    }
    *result = x;
    group_done(&workers);
    return NULL;
}

int main(int argc, char **argv)
{
    each = report_count(argc, argv) / WORKERS;
    threads_init();
    group_init(&workers);
    if (!(mu = st_mutex_new()))
        report_fail("out of memory");
    struct report_span start = report_start();
    workers.running = WORKERS;
    for (int i = 0; i < WORKERS; i++)
        threads_start(count, &outside[i]);
    group_wait(&workers);
    report_per_op("mutexwork", start, each * WORKERS);
    uint64_t want = 0;
    for (long i = 0; i < each; i++)
        want = work(want);
    for (int i = 0; i < WORKERS; i++)
        if (outside[i] != want)
            report_fail("mutexwork: wrong result");
    st_mutex_destroy(mu);
    group_free(&workers);
}

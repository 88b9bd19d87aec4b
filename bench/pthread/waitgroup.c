/* SPDX-License-Identifier: MIT */
/* A wait group, here an atomic count and a condition: add and done by one thread; and rounds
 * in which eight threads are started and joined, for which threads need none. */
#include "threads.h"

#include <stdatomic.h>

enum { WORKERS = 8 };

static struct {
    atomic_long running;
    pthread_mutex_t lock;
    pthread_cond_t none;
} group = { 0, PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER };

static void done(void)
{
    if (atomic_fetch_sub(&group.running, 1) > 1)
        return;
    pthread_mutex_lock(&group.lock);
    pthread_cond_broadcast(&group.none);
    pthread_mutex_unlock(&group.lock);
}

static void wait_for_none(void)
{
    pthread_mutex_lock(&group.lock);
    while (atomic_load(&group.running) > 0)
        pthread_cond_wait(&group.none, &group.lock);
    pthread_mutex_unlock(&group.lock);
}

static void alone(long n)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        atomic_fetch_add(&group.running, 1);
        done();
    }
    wait_for_none();
    report_per_op("waitgroup", start, n);
}

static void *work(void *times)
{
    ++*(long *)times;
    return NULL;
}

static void rounds(long n)
{
    long times[WORKERS] = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        pthread_t t[WORKERS];
        for (int w = 0; w < WORKERS; w++)
            t[w] = threads_start(work, &times[w]);
        threads_join(t, WORKERS);
    }
    report_per_op("waitgroup.8", start, n);
    for (int w = 0; w < WORKERS; w++)
        if (times[w] != n)
            report_fail("waitgroup.8: %ld of %ld", times[w], n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    alone(n);
    rounds(n / 20);
}

/* SPDX-License-Identifier: MIT */
/* A weighted semaphore: without contention, and eight threads that want 1 to 3 of 4.  sem_t
 * gives out one at a time, so this is a mutex, a count and a condition. */
#include "threads.h"

#include <stdatomic.h>
#include <stdbool.h>

enum { WORKERS = 8, SIZE = 4 };

static struct {
    pthread_mutex_t lock;
    pthread_cond_t more;
    long free, waiting; /* under lock */
} sema = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, SIZE, 0 };

static long each;
static atomic_long out;

static void acquire(long want)
{
    pthread_mutex_lock(&sema.lock);
    while (sema.free < want) {
        sema.waiting++;
        pthread_cond_wait(&sema.more, &sema.lock);
        sema.waiting--;
    }
    sema.free -= want;
    pthread_mutex_unlock(&sema.lock);
}

static void release(long n)
{
    pthread_mutex_lock(&sema.lock);
    sema.free += n;
    bool waiting = sema.waiting > 0;
    pthread_mutex_unlock(&sema.lock);
    if (waiting)
        pthread_cond_broadcast(&sema.more);
}

static void *use(void *arg)
{
    for (long i = 0; i < each; i++) {
        long want = 1 + i % 3;
        acquire(want);
        if (atomic_fetch_add(&out, want) + want > SIZE)
            report_fail("sema: too many out");
        atomic_fetch_sub(&out, want);
        release(want);
    }
    return arg;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    pthread_t t[WORKERS];
    threads_init();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        acquire(2);
        release(2);
    }
    report_per_op("sema", start, n);
    each = n / 10 / WORKERS;
    start = report_start();
    for (int i = 0; i < WORKERS; i++)
        t[i] = threads_start(use, NULL);
    threads_join(t, WORKERS);
    report_per_op("sema.contended", start, each * WORKERS);
    if (sema.free != SIZE)
        report_fail("sema: %ld of %d free", sema.free, SIZE);
}

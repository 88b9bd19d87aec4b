/* SPDX-License-Identifier: MIT */
/* A weighted semaphore: without contention, and eight threads that want 1 to 3 of 4.  st has
 * none: this one is a count and a condition, out of line as the calls of a library are, for
 * else the compiler would make one addition of the loop. */
#include "threads.h"

enum { WORKERS = 8, SIZE = 4 };

static struct {
    long free, waiting;
    st_cond_t more;
} sema;

static long each, out;
static struct group workers;

static __attribute__((noinline)) void acquire(long want)
{
    sema.waiting++;
    while (sema.free < want)
        st_cond_wait(sema.more);
    sema.waiting--;
    sema.free -= want;
}

static __attribute__((noinline)) void release(long n)
{
    sema.free += n;
    if (sema.waiting > 0)
        st_cond_broadcast(sema.more);
}

static void *use(void *arg)
{
    (void)arg;
    for (long i = 0; i < each; i++) {
        long want = 1 + i % 3;
        acquire(want);
        if ((out += want) > SIZE)
            report_fail("sema: too many out");
        out -= want;
        release(want);
    }
    group_done(&workers);
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    group_init(&workers);
    sema.free = SIZE;
    if (!(sema.more = st_cond_new()))
        report_fail("out of memory");
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        acquire(2);
        release(2);
    }
    report_per_op("sema", start, n);
    each = n / 10 / WORKERS;
    start = report_start();
    workers.running = WORKERS;
    for (int i = 0; i < WORKERS; i++)
        threads_start(use, NULL);
    group_wait(&workers);
    report_per_op("sema.contended", start, each * WORKERS);
    if (sema.free != SIZE)
        report_fail("sema: %ld of %d free", sema.free, SIZE);
    st_cond_destroy(sema.more);
    group_free(&workers);
}

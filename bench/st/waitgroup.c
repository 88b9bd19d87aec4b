/* SPDX-License-Identifier: MIT */
/* A wait group, here a count and a condition: add and done by one thread; and rounds in
 * which eight threads are started and waited for. */
#include "threads.h"

enum { WORKERS = 8 };

static struct group workers;

static void alone(long n)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        workers.running++;
        group_done(&workers);
    }
    group_wait(&workers);
    report_per_op("waitgroup", start, n);
}

static void *work(void *done)
{
    ++*(long *)done;
    group_done(&workers);
    return NULL;
}

static void rounds(long n)
{
    long done[WORKERS] = { 0 };
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        for (int w = 0; w < WORKERS; w++) {
            workers.running++;
            threads_start(work, &done[w]);
        }
        group_wait(&workers);
    }
    report_per_op("waitgroup.8", start, n);
    for (int w = 0; w < WORKERS; w++)
        if (done[w] != n)
            report_fail("waitgroup.8: %ld of %ld", done[w], n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    group_init(&workers);
    alone(n);
    rounds(n / 20);
    group_free(&workers);
}

/* SPDX-License-Identifier: MIT */
/* Four threads that do nothing but yield. */
#include "threads.h"

enum { WORKERS = 4 };

static void *yielder(void *arg)
{
    for (long n = *(long *)arg; n > 0; n--)
        sched_yield();
    return NULL;
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / WORKERS;
    pthread_t t[WORKERS];
    threads_init();
    struct report_span start = report_start();
    for (int i = 0; i < WORKERS; i++)
        t[i] = threads_start(yielder, &each);
    threads_join(t, WORKERS);
    report_per_op("yield", start, each * WORKERS);
}

/* SPDX-License-Identifier: MIT */
/* Four threads that do nothing but yield. */
#include "yield.h"

enum { WORKERS = 4 };

static struct group yielders;

static void *yielder(void *arg)
{
    for (long n = *(long *)arg; n > 0; n--)
        yield();
    group_done(&yielders);
    return NULL;
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / WORKERS;
    threads_init();
    yield_init();
    group_init(&yielders);
    struct report_span start = report_start();
    for (int i = 0; i < WORKERS; i++) {
        yielders.running++;
        threads_start(yielder, &each);
    }
    group_wait(&yielders);
    report_per_op("yield", start, each * WORKERS);
    group_free(&yielders);
}

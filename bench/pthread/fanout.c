/* SPDX-License-Identifier: MIT */
/* Fan out and join: a spawner on each CPU starts threads by the hundred and joins them. */
#include "threads.h"

enum { BATCH = 100 };

static void *leaf(void *arg)
{
    return arg;
}

static void *spawner(void *batches)
{
    for (long n = *(long *)batches; n > 0; n--) {
        pthread_t t[BATCH];
        for (int i = 0; i < BATCH; i++)
            t[i] = threads_start(leaf, NULL);
        threads_join(t, BATCH);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    int cpus = threads_init();
    long batches = report_count(argc, argv) / cpus / BATCH;
    pthread_t t[CPU_SETSIZE];
    struct report_span start = report_start();
    for (int i = 0; i < cpus; i++)
        t[i] = threads_start(spawner, &batches);
    threads_join(t, cpus);
    report_per_op("fanout", start, cpus * batches * BATCH);
}

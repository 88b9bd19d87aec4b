/* SPDX-License-Identifier: MIT */
/* Spawn and exit in parallel: one spawner per CPU. */
#include "spawner.h"

static void *spawner(void *n)
{
    spawner_run(*(long *)n);
    return NULL;
}

int main(int argc, char **argv)
{
    int cpus = threads_init();
    long each = report_count(argc, argv) / cpus;
    pthread_t t[CPU_SETSIZE];
    struct report_span start = report_start();
    for (int i = 0; i < cpus; i++)
        t[i] = threads_start(spawner, &each);
    threads_join(t, cpus);
    report_per_op("spawnpar", start, each * cpus);
}

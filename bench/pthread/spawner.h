/* SPDX-License-Identifier: MIT */
/* Threads that come and go: no more than so many at once, for there is a limit to them, and
 * the C library keeps the stacks of about so many for the next ones. */
#ifndef BENCH_PTHREAD_SPAWNER_H
#define BENCH_PTHREAD_SPAWNER_H

#include "threads.h"

enum { AT_ONCE = 256 };

static inline void *spawner_leaf(void *arg)
{
    return arg;
}

static inline void spawner_run(long n)
{
    pthread_t t[AT_ONCE];
    for (long i = 0; i < n; i++) {
        if (i >= AT_ONCE)
            threads_join(&t[i % AT_ONCE], 1);
        t[i % AT_ONCE] = threads_start(spawner_leaf, NULL);
    }
    threads_join(t, n < AT_ONCE ? n : AT_ONCE);
}

#endif

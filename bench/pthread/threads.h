/* SPDX-License-Identifier: MIT */
/* What the programs for plain threads share: the CPUs that they may use, starting threads,
 * and waiting until some have ended. */
#ifndef BENCH_PTHREAD_THREADS_H
#define BENCH_PTHREAD_THREADS_H

#include "report.h"

#include <pthread.h>
#include <sched.h>

enum { STACK_SIZE = 128 * 1024 };

/* threads_init - cut the CPUs to GOMAXPROCS, if that is given.  Returns how many they are. */
static inline int threads_init(void)
{
    const char *wanted = getenv("GOMAXPROCS");
    int most = wanted ? atoi(wanted) : 0, n = 0;
    cpu_set_t all, some;
    if (sched_getaffinity(0, sizeof all, &all) != 0)
        report_fail("sched_getaffinity failed");
    CPU_ZERO(&some);
    for (int cpu = 0; cpu < CPU_SETSIZE && (most <= 0 || n < most); cpu++) {
        if (CPU_ISSET(cpu, &all)) {
            CPU_SET(cpu, &some);
            n++;
        }
    }
    if (sched_setaffinity(0, sizeof some, &some) != 0)
        report_fail("sched_setaffinity failed");
    return n;
}

/* threads_start - a small one; who starts it joins it. */
static inline pthread_t threads_start(void *(*f)(void *), void *arg)
{
    pthread_attr_t small;
    pthread_t t;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_SIZE);
    int err = pthread_create(&t, &small, f, arg);
    if (err)
        report_fail("no thread: %s", strerror(err));
    pthread_attr_destroy(&small);
    return t;
}

static inline void threads_join(const pthread_t *t, long n)
{
    for (long i = 0; i < n; i++)
        if (pthread_join(t[i], NULL) != 0)
            report_fail("pthread_join failed");
}

#endif

/* SPDX-License-Identifier: MIT */
/* Sleeping until a time of the clock that report_clock reads. */
#ifndef BENCH_PTHREAD_NAP_H
#define BENCH_PTHREAD_NAP_H

#include "threads.h"

static inline void nap_until(int64_t due)
{
    struct timespec t = { due / 1000000000, due % 1000000000 };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) != 0)
        ;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Sleeping to the microsecond.
 *
 * st counts a sleep from when it last looked at the clock, which it does where nobody can
 * run: after a busy time a sleep ends early, and the rest of it is slept again.  Of its three
 * ways to wait in the kernel select is the one that does not round up to milliseconds. */
#ifndef BENCH_ST_NAP_H
#define BENCH_ST_NAP_H

#include "threads.h"

/* nap_init - instead of threads_init. */
static inline void nap_init(void)
{
    if (st_set_eventsys(ST_EVENTSYS_SELECT) != 0)
        report_fail("no select");
    threads_init();
}

static inline void nap_until(int64_t due)
{
    for (int64_t left; (left = due - report_clock()) > 0;)
        st_usleep((st_utime_t)(left + 999) / 1000);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Yielding, for which st has no call.
 *
 * st_usleep(0) asks the kernel and the clock each time, and waits until nobody else can run.
 * This goes through the run queue alone: a waker, put at its end, makes all runnable again
 * who yielded meanwhile. */
#ifndef BENCH_ST_YIELD_H
#define BENCH_ST_YIELD_H

#include "threads.h"

static st_cond_t yield_wanted, yield_over;

static void *yield_waker(void *arg)
{
    (void)arg;
    while (st_cond_wait(yield_wanted) == 0)
        st_cond_broadcast(yield_over);
    return NULL;
}

/* yield_init - after threads_init. */
static inline void yield_init(void)
{
    yield_wanted = st_cond_new();
    yield_over = st_cond_new();
    if (!yield_wanted || !yield_over)
        report_fail("out of memory");
    threads_start(yield_waker, NULL);
}

static inline void yield(void)
{
    st_cond_signal(yield_wanted);
    st_cond_wait(yield_over);
}

#endif

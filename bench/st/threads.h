/* SPDX-License-Identifier: MIT */
/* What the programs for State Threads share: starting the library and its threads, and
 * waiting until some have ended. */
#ifndef BENCH_ST_THREADS_H
#define BENCH_ST_THREADS_H

#include "report.h"

#include <st.h>

/* Mapped, not touched: what a thread does not reach costs nothing. */
enum { STACK_SIZE = 16 * 1024 };

static inline void threads_init(void)
{
    if (st_init() != 0)
        report_fail("st_init failed");
}

static inline void threads_start(void *(*f)(void *), void *arg)
{
    if (!st_thread_create(f, arg, 0, STACK_SIZE))
        report_fail("no thread");
}

/* Counts down to none; one thread waits for it. */
struct group {
    long running;
    st_cond_t ended;
};

static inline void group_init(struct group *g)
{
    g->running = 0;
    if (!(g->ended = st_cond_new()))
        report_fail("out of memory");
}

static inline void group_free(struct group *g)
{
    st_cond_destroy(g->ended);
}

static inline void group_done(struct group *g)
{
    if (--g->running == 0)
        st_cond_signal(g->ended);
}

static inline void group_wait(struct group *g)
{
    while (g->running > 0)
        st_cond_wait(g->ended);
}

#endif

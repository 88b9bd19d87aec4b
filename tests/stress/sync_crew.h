/* SPDX-License-Identifier: MIT */
/* Goroutines and threads that are not ours, all doing the same; and a random
 * number for each. */
#ifndef TESTS_SYNC_CREW_H
#define TESTS_SYNC_CREW_H

#include "check.h"

#include "base/atomic.h"

#include <goroutine.h>
#include <pthread.h>

enum { CREW_THREADS = 4 };

struct crew {
    void (*work)(void *arg, uint32_t seed);
    void *arg;
    uint32_t seeds; /* atomic */
    go_waitgroup goroutines;
};

static inline void crew_member(struct crew *c)
{
    c->work(c->arg, add_relaxed(&c->seeds, 1u) * 2654435761u);
}

static inline void crew_goroutine(struct crew *c)
{
    crew_member(c);
    go_waitgroup_done(&c->goroutines);
}

static inline void *crew_thread(void *arg)
{
    crew_member(arg);
    return NULL;
}

/* crew_run - run work in n goroutines and in some threads; return when all have. */
static inline void crew_run(int n, void (*work)(void *, uint32_t), void *arg)
{
    struct crew c = { .work = work, .arg = arg };
    pthread_t t[CREW_THREADS];
    go_waitgroup_add(&c.goroutines, n);
    for (int i = 0; i < n; i++)
        go(crew_goroutine, &c);
    for (int i = 0; i < CREW_THREADS; i++)
        CHECK_EQ(pthread_create(&t[i], NULL, crew_thread, &c), 0);
    go_waitgroup_wait(&c.goroutines);
    for (int i = 0; i < CREW_THREADS; i++)
        CHECK_EQ(pthread_join(t[i], NULL), 0);
}

/* chance - a number below n, from the member's own sequence. */
static inline uint32_t chance(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)*seed * n >> 32);
}

/* soon - a deadline so near that it races with the wake-up. */
static inline int64_t soon(uint32_t *seed)
{
    return go_now() + (int64_t)chance(seed, 60) * GO_MICROSECOND;
}

#endif

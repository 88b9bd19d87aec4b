/* SPDX-License-Identifier: MIT */
/* The programs with races.  Each has the mistake and the right way: with the argument
 * "racy" it makes the mistake, which the thread sanitizer must report; without, it must
 * be silent, and is right in every build.
 *
 * Goroutines that are to be unordered meet first, by a relaxed counter: that is no order
 * for the sanitizer, and each of them has begun when the others go on.  They go on one
 * after the other, a few microseconds apart: the sanitizer's own records are not atomic,
 * and two accesses at the same instant may miss each other there (2 of 40 runs did). */
#ifndef RACE_H
#define RACE_H

#include "corpus.h"

#include <sched.h>

static bool racy;

static int32_t race_arrived;

/* Called by n goroutines. */
static inline void race_meet(int32_t n)
{
    int32_t mine = __atomic_fetch_add(&race_arrived, 1, __ATOMIC_RELAXED);
    int32_t all = (mine / n + 1) * n;
    while (__atomic_load_n(&race_arrived, __ATOMIC_RELAXED) < all)
        sched_yield();
    int64_t turn = go_now() + mine % n * 5 * GO_MICROSECOND;
    while (go_now() < turn)
        ;
}

static inline void race_begin(int argc, char **argv)
{
    racy = argc > 1 && strcmp(argv[1], "racy") == 0;
    go_maxprocs(2);
}

#endif

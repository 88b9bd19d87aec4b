/* SPDX-License-Identifier: MIT */
/* When a keeper (sched/idle.h) wakes up for timers that come densely.
 *
 * To wake up for a timer costs some 20 us of CPU time.  Once BATCH_DENSE wake-ups in a row were
 * less than BATCH_NS apart, those that follow as closely are made BATCH_NS apart, each for all
 * timers that are due by then.  So a timer is late by less than BATCH_NS more, and only while
 * thousands fire in a second. */
#ifndef SCHED_BATCH_H
#define SCHED_BATCH_H

#include <stdint.h>

enum { BATCH_DENSE = 32, BATCH_NS = 200000 };

/* All zero at first. */
struct batch {
    int64_t last;   /* what was answered last */
    uint32_t dense; /* how many in a row came closely */
};

/* batch_until - the keeper is about to sleep, and first is the earliest timer: when it has to
 * wake up.  Who was woken by something else asks again for the same one. */
static inline int64_t batch_until(struct batch *b, int64_t first)
{
    int64_t gap = first - b->last;
    if (gap >= BATCH_NS || gap <= -BATCH_NS)
        b->dense = 0;
    else if (gap > 0 && b->dense < BATCH_DENSE)
        b->dense++;
    if (b->dense < BATCH_DENSE)
        b->last = first;
    else if (gap > 0)
        b->last += BATCH_NS;
    return b->last;
}

#endif

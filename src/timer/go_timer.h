/* SPDX-License-Identifier: MIT */
/* What go_timer_new, go_ticker_new, go_after and go_after_func have in common.
 *
 * One number says all: when, the time of the next firing.  A timer is running while
 * it is not TIMER_STOPPED.  It belongs to an object with a lock: the channel, or the
 * struct after_func around it.
 */
#ifndef TIMER_GO_TIMER_H
#define TIMER_GO_TIMER_H

#include "os/clock.h"
#include "timer/timer.h"

#include <goroutine/time.h>

/* Later than any time that comes.  TIMER_NEVER is running all the same: a timer of
 * GO_FOREVER can be stopped.  Neither is ever in a heap. */
#define TIMER_STOPPED INT64_MAX
#define TIMER_NEVER   (INT64_MAX - 1)

struct go_timer {
    struct timer timer; /* arg: the channel, immutable; NULL: an after_func's */
    int64_t when;       /* lock, atomic for a peek */
    int64_t period;     /* lock: of a ticker, else 0 */
};

/* timer_when - the time d nanoseconds from now. */
static inline int64_t timer_when(int64_t d)
{
    int64_t now = clock_now();
    if (d <= 0)
        return now;
    return d < TIMER_NEVER - now ? now + d : TIMER_NEVER;
}

/* go_timer_of - the one that t is the inner half of. */
static inline struct go_timer *go_timer_of(struct timer *t)
{
    return (struct go_timer *)(void *)t;
}

/* The same calls on a timer that go_after_func made. */
bool after_func_stop(struct go_timer *t);
bool after_func_reset(struct go_timer *t, int64_t when);
void after_func_drop(struct go_timer *t);

#endif

/* SPDX-License-Identifier: MIT */
/* Timers: a heap per P, each with its own lock.
 *
 * States of a timer, and who moves it (all under the lock of its heap):
 *   IDLE   -> ARMED    timer_arm, by its user
 *   ARMED  -> IDLE     timer_disarm, by its user: the function will not run
 *   ARMED  -> FIRING   timers_run, by whichever M finds it due
 *   FIRING -> IDLE     the same M, after the function has returned
 * timer_disarm waits while FIRING: once it returns, nobody touches the timer,
 * so it may live on the stack of a goroutine.
 *
 * Invariants, whenever the heap's lock is free:
 *  T1  heap order by when; each armed timer is in one heap, at its index.
 *  T2  timers.min == when of the first, or GO_FOREVER.
 */
#ifndef TIMER_TIMER_H
#define TIMER_TIMER_H

#include "base/spin.h"

struct m;
struct p;

enum timer_state { TIMER_IDLE, TIMER_ARMED, TIMER_FIRING };

struct timer {
    int64_t when;                               /* heap lock */
    void (*fire)(struct m *m, struct timer *t); /* immutable while armed; called
                                                    without the heap's lock, inside the
                                                    runtime; must not park */
    void *arg;                                  /* the user's */
    struct p *p;                                /* immutable while armed */
    uint32_t index;                             /* heap lock */
    uint32_t state;                             /* heap lock; atomic for a peek */
};

/* timer_arm - fire t once at the absolute time when.  t must be IDLE.
 * 0, or -ENOMEM when the heap cannot grow. */
int timer_arm(struct m *m, struct timer *t, int64_t when);

/* timer_disarm - true if t was stopped before it fired.  Never returns while
 * its function runs. */
bool timer_disarm(struct m *m, struct timer *t);

#endif

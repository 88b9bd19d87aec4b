/* SPDX-License-Identifier: MIT */
/* Timers: a heap per P, each with its own lock.
 *
 * States of a timer, and who moves it (all under the lock of its heap but the last):
 *   IDLE   -> ARMED    timer_arm, by its user
 *   ARMED  -> IDLE     timer_disarm or timer_pull, by its user: fire will not run
 *   ARMED  -> FIRING   timers_run, by whichever M finds it due
 *   FIRING -> IDLE     the same M, after fire has returned; or with ends_itself, fire
 *
 * Two kinds of users:
 *
 *  - one goroutine arms a timer on its own stack, and before it leaves the frame calls
 *    timer_disarm, which waits while FIRING.
 *
 *  - a timer that several use (ends_itself) belongs to an object with a lock.  It is
 *    armed and pulled under that lock, and fire takes it: to look whether it is still
 *    wanted, and to make it IDLE, or to arm it again.  So under the lock FIRING means
 *    "fire has not begun", and nobody waits.  Behind that lock's release fire touches
 *    the timer no more.
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
    int64_t when;                               /* heap lock; kept after it fired */
    void (*fire)(struct m *m, struct timer *t); /* immutable while armed; called
                                                    without the heap's lock, inside the
                                                    runtime; must not park */
    void *arg;                                  /* the user's */
    struct p *p;                                /* immutable while armed */
    uint32_t index;                             /* heap lock */
    uint32_t state;                             /* heap lock; atomic for a peek */
    bool ends_itself;                           /* immutable; see above */
};

/* timer_arm - fire t once at the absolute time when.  t must be IDLE.
 * 0, or -ENOMEM when the heap cannot grow. */
int timer_arm(struct m *m, struct timer *t, int64_t when);

/* timer_disarm - true if t was stopped before it fired.  Never returns while
 * its function runs. */
bool timer_disarm(struct m *m, struct timer *t);

/* timer_pull - under the lock of a timer that ends itself: ARMED -> IDLE.  false: it
 * was not ARMED. */
bool timer_pull(struct timer *t);

/* timer_relax - one round of waiting until a timer is no longer FIRING. */
void timer_relax(unsigned round);

#endif

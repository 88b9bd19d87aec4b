/* SPDX-License-Identifier: MIT */
/* Ps and Ms that have nothing to do, and how they come back.
 *
 * When is another M woken?  Not at each ready: a wake-up costs microseconds,
 * and what was readied is usually run by the waker's own P before a second core
 * could have begun.  sysmon wakes a P once work has waited for a whole tick of
 * its (20 us while things move).  That is safe because
 *
 *  I1  while any P is not idle, sysmon ticks at least every millisecond;
 *  I2  an idle P has empty queues (except while the world is stopped);
 *  I3  the global queue is filled under sched.lock, and an M looks at it under
 *      sched.lock before it sleeps; who fills it wakes an idle P;
 *  I4  while all Ps are idle, some M sleeps no longer than until the earliest
 *      timer ("the keeper"), or sysmon does; while some P is not, sysmon looks
 *      after timers.  A keeper sleeps a little longer where timers come densely.
 *
 * So no wake-up can be lost between "looked and found nothing" and "sleeps".
 */
#ifndef SCHED_IDLE_H
#define SCHED_IDLE_H

#include "sched/types.h"

/* The next four: caller holds sched.lock. */
struct p *pidle_get(void); /* NULL while the world is to stop */
void pidle_remove(struct p *p);
void pidle_put(struct p *p);
struct m *midle_get(void);

/* p_attach - m, inside the runtime, now holds p. */
void p_attach(struct m *m, struct p *p);

/* start_m - let some M run p, which the caller owns.  Makes a thread if none
 * sleeps; if none can be made, p's work goes to the global queue. */
void start_m(struct p *p);

/* hand_off - p has lost its M: start another if there is anything to do. */
void hand_off(struct p *p);

/* wake_idle - start an idle P if there is one and no M is looking for work. */
void wake_idle(void);
void wake_for_global(void);

/* ready_global - make g runnable from a thread without a P. */
void ready_global(struct g *g);

/* ready_without_m - ready, on a thread that has no M: sysmon. */
void ready_without_m(struct g *g);

/* m_sleep - wait for note_wake(m), at most until deadline. */
void m_sleep(struct m *m, int64_t deadline);
void note_wake(struct m *m);

/* idle_wait - m has no P: sleep until it has been given one. */
void idle_wait(struct m *m);

/* idle_release - m found nothing: put its P on the idle list.  False if there
 * is something in the global queue after all. */
bool idle_release(struct m *m);

/* wake_keeper - a timer was armed for when by a thread without a P: if all Ps
 * are idle, somebody must sleep short enough for it (I4). */
void wake_keeper(int64_t when);

/* earliest_timer - over all Ps; INT64_MAX if none is armed. */
int64_t earliest_timer(void);

/* wake_hint - something was queued behind something else; see above. */
void sysmon_poke(void);
static inline void wake_hint(void)
{
    if (unlikely(ld_relaxed(&sched.sysmon_slow)))
        sysmon_poke();
}

#endif

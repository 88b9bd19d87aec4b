/* SPDX-License-Identifier: MIT */
/* A limit on live goroutines, as an option.
 *
 * Whoever spawns at the limit waits in one queue, first come first served, until a
 * goroutine ends and leaves it its place.  That alone would end a recursive program:
 * all who live wait to spawn, or for those who do.  So one may go beyond the limit
 *
 *   - at once, when nothing else can run: all Ps idle, no goroutine without a P, no
 *     timer armed, no foreign thread that may call.  Looked for where the last P is
 *     about to be idle (find.c, idle.c); the one who finds it is its own proof;
 *   - after PATIENCE_NS, for whatever reason it waits.  sysmon looks.
 *
 * Invariants, whenever limit.lock is free and a limit is set:
 *  L1  waiting > 0  =>  taken >= n: who finds room finds no queue either.
 *  L2  waiting == length of the queue.
 *  L3  taken == goroutines that live + granted, with the world stopped.
 *
 * No wake-up is lost: who queues and who ends both hold limit.lock, so the one who
 * ends later sees the queue.  Who queues has a P, or is a foreign thread.  That P is
 * not idle before an M has looked at `waiting` under sched.lock; the foreign thread
 * pokes sysmon as it parks (alien.c), if all Ps are idle.
 *
 * Lock order: limit.lock as the lock of an object waited on.
 */
#ifndef SCHED_LIMIT_H
#define SCHED_LIMIT_H

#include "sched/types.h"

extern int64_t limit_n /* [atomic] 0: none; changed under limit.lock */
    __attribute__((visibility("hidden")));
extern uint32_t limit_waiters /* [atomic] changed under limit.lock */
    __attribute__((visibility("hidden")));

/* The two are read as hints: by spawn, whose world is stopped before a limit is set,
 * and on the way to sleep; see above. */
static inline bool limit_on(void)
{
    return ld_relaxed(&limit_n) != 0;
}
static inline bool limit_waiting(void)
{
    return ld_relaxed(&limit_waiters) != 0;
}

/* limit_init - with the limit of the environment. */
void limit_init(void);

/* limit_admit - take a place for a goroutine that the caller is about to make.
 *
 *   WAIT    parks until there is one
 *   TRY     NULL if there is none
 *   FORCE   takes one in any case: for who cannot park
 *
 * Inside the runtime, no lock held.  Returns the M that runs the caller now. */
enum limit_mode { LIMIT_WAIT, LIMIT_TRY, LIMIT_FORCE };
struct m *limit_admit(struct m *m, enum limit_mode mode);

/* limit_unspent - the place, if one was taken, is not needed after all. */
void limit_unspent(struct m *m);

/* limit_foreign - count a goroutine that m made without a P in live_elsewhere. */
void limit_foreign(struct m *m);

/* limit_ended - a goroutine of m's P has ended; a part of switch_note. */
void limit_ended(struct m *m);

/* limit_stuck - nothing can run but who waits here.  sched.lock held; busy: Ps that
 * the caller knows to have nothing to do though they are not idle. */
bool limit_stuck(uint32_t busy);

/* limit_unblock - m has found nothing to run: if it is the last, let one go. */
struct g *limit_unblock(struct m *m);

/* limit_look - sysmon's: lets go who has waited for long.  With the revoke lock. */
bool limit_look(int64_t now);

/* limit_verify - L1 to L3, with the world stopped. */
void limit_verify(void);

#endif

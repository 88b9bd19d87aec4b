/* SPDX-License-Identifier: MIT */
/* Entering and leaving the runtime, and taking the P away from an M.
 *
 * In C any code may block or compute for ever.  sysmon may take the P from an M
 * that is outside the runtime, at any instruction, without a signal.  For this
 * the M says when it is inside:
 *
 *   M, enter:            in_rt = 1;  read revoked           (plain, in this order)
 *   M, leave:            in_rt = 0                          (release)
 *   revoker (one at a time, sched/revoke.c):
 *                        revoked: NONE -> ASKED;  membarrier;  read in_rt
 *
 * E1: membarrier is a full fence on every thread of the process.  So either the
 * revoker sees in_rt == 1, or the M sees revoked != NONE at its next entry.
 * It pairs with the compiler-only ordering in rt_enter.  The acquire read of
 * in_rt == 0 pairs with the release in rt_exit: what the M did to its P is seen.
 *
 *            +------ M cancels (CAS at entry) ------+
 *            v                                      |
 *   NONE ----------- revoker asks ------------> ASKED --- revoker, having seen
 *    ^  ^                                         |       in_rt == 0 (CAS) ---> LOST
 *    |  +-- revoker gives up (CAS) ---------------+                              |
 *    +----------------- M got a P again, at its next entry ----------------------+
 *
 * E2: both may see each other (M entered just then): the CAS on ASKED decides.
 * E3: only the M itself leaves LOST.  In LOST, m->p is not its own.
 * E4: the scheduler and sleeping Ms have in_rt == 1: only user code is revoked.
 *
 * An M that cancels was asked for a reason: it yields if its slice is over, and
 * gives up its P if the world is to stop.
 *
 * A thread without an M points at a shared one whose state is ALIEN for ever,
 * so the common path has one test for all three.
 */
#ifndef SCHED_ENTRY_H
#define SCHED_ENTRY_H

#include "sched/types.h"
#include "sched/self.h"

struct m *rt_enter_slow(struct m *m);

static inline struct m *rt_enter(void)
{
    struct m *m = m_self();
    st_relaxed(&m->in_rt, 1);
    compiler_barrier(); /* E1 */
    if (unlikely(ld_relaxed(&m->revoked) != R_NONE))
        m = rt_enter_slow(m);
    return m;
}

/* rt_enter_fast - rt_enter() where m = m_self() is at hand; false if that needs a call, and
 * then begin again with rt_enter(): entering twice is entering. */
static inline bool rt_enter_fast(struct m *m)
{
    st_relaxed(&m->in_rt, 1);
    compiler_barrier(); /* E1 */
    return likely(ld_relaxed(&m->revoked) == R_NONE);
}

/* rt_enter_asked - after rt_enter_fast has failed, for who has something to give up before it
 * yields: true, and the P is kept until rt_answer().  false: it is lost, or the thread never
 * had one; not inside. */
bool rt_enter_asked(struct m *m);
struct m *rt_answer(struct m *m);

static inline void rt_exit(struct m *m)
{
    st_release(&m->in_rt, 0); /* E1 */
}

#endif

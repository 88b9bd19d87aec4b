/* SPDX-License-Identifier: MIT */
/* The revoker's side of the entry protocol (sched/entry.h). */
#ifndef SCHED_REVOKE_H
#define SCHED_REVOKE_H

#include "sched/types.h"

/* Held by whoever revokes: sysmon for one look, or the one who stops the world
 * until it starts again.  May be held for long; never taken while in the
 * runtime with a P. */
bool revoke_try_lock(void);
void revoke_unlock(void);

enum revoke { REVOKE_TAKEN, REVOKE_INSIDE, REVOKE_IDLE };

/* p_revoke - try to take *p from the M that runs it; revoke lock held.
 *   TAKEN   the caller owns *p, which may be another than asked for (the M had
 *           changed its P just then); the M goes on without
 *   INSIDE  the M is inside the runtime.  It has been left with the question:
 *           at its next entry it yields (or stops, see world.c)
 *   IDLE    no M runs p */
enum revoke p_revoke(struct p **p);

/* p_ask - only the question: the M at p is to share its newq, and to yield. */
void p_ask(struct p *p);

/* m_lose - m itself, inside the runtime, gives its P away and goes on without,
 * as if it had been revoked (go_block). */
void m_lose(struct m *m);

#endif

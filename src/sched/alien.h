/* SPDX-License-Identifier: MIT */
/* Threads that are not ours.
 *
 * At its first call a thread gets an M that never has a P, and one G to be
 * found by in queues.  Parking it is a futex; waking it needs no P.  Its records
 * are recycled when the thread ends.
 *
 * The first call of all starts the runtime; when it comes on the thread that
 * runs main, that thread becomes the first M and the caller the main goroutine.
 */
#ifndef SCHED_ALIEN_H
#define SCHED_ALIEN_H

#include "sched/types.h"

/* alien_enter - the M of a thread that has the state R_ALIEN. */
struct m *alien_enter(struct m *m);

struct m *alien_park(struct m *m, uint32_t *lock, enum wait_reason why);
void alien_ready(struct g *g);
void alien_yield(void);

/* alien_wakes - grows with each alien_ready, before its effect. */
uint32_t alien_wakes(void);

/* alien_each - visit the goroutines of foreign threads that live. */
void alien_each(void (*visit)(struct g *g, void *arg), void *arg);

/* alien_counts - how many foreign threads have an M, and how many of them wait
 * inside the library with nobody having woken them. */
void alien_counts(uint32_t *all, uint32_t *parked);

#endif

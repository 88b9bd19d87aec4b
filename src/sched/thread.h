/* SPDX-License-Identifier: MIT */
/* Ms: making and ending threads. */
#ifndef SCHED_THREAD_H
#define SCHED_THREAD_H

#include "sched/types.h"

/* thread_init - once, by the thread that starts the runtime. */
void thread_init(void);

/* thread_new - a new M that starts with p.  False at the thread limit, or when
 * the kernel refuses; said once on stderr. */
bool thread_new(struct p *p);

/* thread_spare - true if an M sleeps, or another could be made.  Asked when one
 * is wanted: the limit is said once on stderr. */
bool thread_spare(void);

/* thread_adopt_main - m for the thread that runs main, with a g0 of its own.
 * Out of memory ends the program: the call that came first may have no error. */
struct m *thread_adopt_main(void);

/* thread_leave - the M's locked goroutine has ended, and the thread is about to:
 * pass the P on. */
void thread_leave(struct m *m);

/* thread_note_self - fill in what belongs to the running thread. */
void thread_note_self(struct m *m);

/* Set by debug: called on each thread of ours. */
extern void (*thread_hook)(struct m *m);

#endif

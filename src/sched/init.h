/* SPDX-License-Identifier: MIT */
/* Starting the runtime, which happens at the first call of any thread. */
#ifndef SCHED_INIT_H
#define SCHED_INIT_H

#include "sched/types.h"

/* runtime_start - once, by whichever thread came first. */
void runtime_start(void);

/* first_p - the main thread has an M now: get it a P.  Returns the M on which
 * the main goroutine goes on. */
struct m *first_p(struct m *m);

/* [atomic] this process is a fork's child: its other threads are gone. */
extern uint32_t runtime_forked;

/* Set by debug before main: called once at start. */
extern void (*start_hook)(void);

/* Set by debug: called when the program exits, while goroutines still run. */
extern void (*exit_hook)(void);

#endif

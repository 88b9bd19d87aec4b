/* SPDX-License-Identifier: MIT */
/* The signals that end a program, and faults while we look at it.
 *
 * SIGSEGV, SIGBUS: a fault in the guard of a goroutine's stack is reported as
 * Go reports a stack overflow, exit status 2.  Any other fault goes to the
 * handler that was there before us, or has its default effect.  So a program's
 * own handler keeps working if it was installed before the first use of the
 * library; one that is installed later replaces ours, and overflows then reach
 * it.  It may pass on what it does not know to the handler it replaced.
 *
 * SIGQUIT: every goroutine is dumped, exit status 2, as in Go.  Only if the
 * program had no handler of its own, and did not ignore it.
 */
#ifndef DEBUG_CRASH_H
#define DEBUG_CRASH_H

#include <stdbool.h>
#include <stdint.h>

struct m;

/* debug_init - once, before any goroutine runs. */
void debug_init(void);

/* debug_thread_init - on each thread of ours: an overflow leaves no room for a
 * handler, so each has a stack for signals.  Freed when the thread ends. */
void debug_thread_init(struct m *m);

/* debug_on_sigquit - dumps every goroutine and ends the program.  Called by the
 * monitor thread: the handler itself only wakes it. */
void debug_on_sigquit(void) __attribute__((noreturn));

/* crash_from - the pc that a fault interrupted on this thread, or 0. */
uintptr_t crash_from(void);

/* guarded - run f(arg); false if it faulted and was left half-way.  For reading
 * stacks that may be in ruins. */
bool guarded(void (*f)(void *arg), void *arg);

#endif

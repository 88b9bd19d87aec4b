/* SPDX-License-Identifier: MIT */
/* Telling the sanitizers and Valgrind about stacks and switches.
 *
 * The sanitizers' functions are weak: a program built with a sanitizer is
 * served by an ordinary build of the library.  sanitizer_on is false in every
 * other program, and is the only cost there.
 */
#ifndef ARCH_SANITIZE_H
#define ARCH_SANITIZE_H

#include "base/atomic.h"

#include <stddef.h>

struct fiber {
    void *tsan; /* the thread sanitizer's fiber */
    void *fake; /* the address sanitizer's fake stack, while switched out */
};

extern bool sanitizer_on;
extern bool stack_watched;  /* a tool marks unused stack: see stack_clean */
extern bool calls_recorded; /* the thread sanitizer keeps a stack of calls: jumps are longjmp */

/* Once, before the first switch. */
void sanitize_init(void);

/* The context that runs now, on a thread's own stack. */
void fiber_adopt(struct fiber *f);
void fiber_create(struct fiber *f);
void fiber_destroy(struct fiber *f);

/* fiber_leave - about to switch from -> to, whose stack is [lo, hi).  from is
 * NULL when it will never run again. */
void fiber_leave(struct fiber *from, struct fiber *to, const char *lo, const char *hi);

/* fiber_arrive - the first thing after the switch, on the stack of f.  Stores
 * the bounds of the stack we came from. */
void fiber_arrive(struct fiber *f, const char **from_lo, const char **from_hi);

/* stack_announce - [lo, hi) is a stack from now on.  stack_clean - nobody runs
 * on it: forget what the last goroutine poisoned there. */
void stack_announce(const char *lo, const char *hi);
void stack_clean(const char *lo, const char *hi);

/* stack_abandoned - the frames in [lo, hi) are about to be left by a jump; the
 * caller's may be among them. */
void stack_abandoned(const char *lo, const char *hi);

#endif

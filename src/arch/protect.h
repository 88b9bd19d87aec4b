/* SPDX-License-Identifier: MIT */
/* A call that can be left from anywhere inside it.  Nothing is asked of the compiler:
 * to the caller it is a function that returns once. */
#ifndef ARCH_PROTECT_H
#define ARCH_PROTECT_H

#include <stdbool.h>

/* protected_call - entry(args) on this stack.  false when it returns, true when it was
 * left by protected_leave.  While it lasts, *sp is where its frame is. */
bool protected_call(void **sp, void (*entry)(void *), void *args);

/* protected_leave - have the call whose *sp is sp return true.  Every frame below it
 * is gone; registers and the modes of floating point are as the caller left them. */
void protected_leave(void *sp) __attribute__((noreturn));

#endif

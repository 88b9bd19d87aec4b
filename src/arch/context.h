/* SPDX-License-Identifier: MIT */
/* The context switch, and the bottom of a goroutine's stack.
 *
 * context_switch(from, to) saves sp, bp, the resume address and the FP control
 * words, and jumps (never returns: a return would mispredict).  Every other
 * register is named as clobbered, so the compiler saves what is live around it
 * and nothing else; and the unwind information of the caller is right at the
 * resume address.
 *
 * Also offered by each CPU's header:
 *   ARCH_TLS_LOAD(sym)  value of the hidden initial-exec thread-local sym, read
 *                       anew at every call: the thread may have changed.
 *   context_init        a context that starts go_start_ on an empty stack.
 *
 * Not for shadow stacks (CET SHSTK): our objects do not claim to be compatible
 * with them, so the loader leaves them off.
 */
#ifndef ARCH_CONTEXT_H
#define ARCH_CONTEXT_H

#include <stdint.h>

/* Offsets are written into the assembly below. */
struct context {
    void *sp;           /*  0 */
    void *pc;           /*  8 */
    void *bp;           /* 16 */
    uint32_t fp_env[2]; /* 24: MXCSR and x87 control word; FPCR */
};

/* go_start_ - first instruction of a goroutine; calls goroutine_main.  The
 * unwind information says that nothing called it. */
void go_start_(void);

#if defined(__x86_64__)
#include "arch/x86_64.h"
#elif defined(__aarch64__)
#include "arch/aarch64.h"
#else
#error "libgoroutine runs on x86-64 and aarch64"
#endif

static inline void context_init(struct context *c, char *stack_top)
{
    c->sp = (void *)((uintptr_t)stack_top & ~(uintptr_t)15);
    c->pc = (void *)(uintptr_t)go_start_;
    c->bp = (void *)0;
    context_env(c);
}

#endif

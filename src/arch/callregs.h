/* SPDX-License-Identifier: MIT */
/* A call taken apart: its registers and its stack; see goroutine/call.h. */
#ifndef ARCH_CALLREGS_H
#define ARCH_CALLREGS_H

#include <goroutine/call.h>

/* What go_call_store_ returns to for the second time; offsets are written into
 * callregs.S.  x86-64: rbx rbp r12 r13 r14 r15 rsp rip.  aarch64: x19 to x30, sp,
 * an empty one, d8 to d15. */
struct call_return {
    uint64_t reg[22];
};

/* In callregs.S, for callregs.c.  The stub; and the call that was stored. */
void go_call_stub_(void);
void go_call_make_(const struct go_call_ *c);

/* In callregs.c, for callregs.S. */
void (*go_call_armed_(struct go_call_ *c, const struct call_return *back))(void);
const struct call_return *go_call_filled_(const uint64_t *gp, const uint64_t *fp,
                                          const uint64_t *stack);

#endif

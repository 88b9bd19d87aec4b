/* SPDX-License-Identifier: MIT */
/* A call taken apart: its registers and its stack; see goroutine/call.h. */
#ifndef ARCH_CALLREGS_H
#define ARCH_CALLREGS_H

#include <goroutine/call.h>

/* callregs.S reaches it by its address in the thread's block, which is known when
 * the program starts. */
extern __thread struct go_call_ *go_call_pending_
    __attribute__((tls_model("initial-exec"), visibility("hidden")));

/* In callregs.S: call c->fn with the registers and the stack of c.  What it leaves in
 * the register for an integer result stays there. */
uint64_t go_call_make_(const struct go_call_ *c);

#endif

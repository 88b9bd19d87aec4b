/* SPDX-License-Identifier: MIT */
/* Where an unwind starts: here, or in a goroutine that does not run. */
#ifndef DEBUG_UNWIND_H
#define DEBUG_UNWIND_H

#include "arch/context.h"

#include <stdbool.h>
#include <stdint.h>
#include <unwind.h>

/* unwind_from_ - walk the frames of a saved context, innermost first.
 *
 * As _Unwind_Backtrace, which can only start at its own caller: this function
 * is that caller, and its unwind information says that it was called from the
 * saved context.  The unwinder stays on our stack and only reads the other one.
 * The first call of visit is for unwind_from_ itself.
 *
 * Of the registers that a callee preserves, the context has only bp (the switch
 * clobbers the others, so no frame's unwind rules depend on them).
 */
_Unwind_Reason_Code unwind_from_(const struct context *ctx, _Unwind_Trace_Fn visit, void *arg);

/* unwind_possible - false if the program was linked without its unwind tables
 * (-Wl,--eh-frame-hdr; musl-gcc does not ask for it).  libgcc would abort. */
bool unwind_possible(void);

/* Of the ucontext that a signal handler gets. */
uintptr_t signal_pc(const void *ucontext);
uintptr_t signal_sp(const void *ucontext);

#endif

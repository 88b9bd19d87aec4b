/* SPDX-License-Identifier: MIT */
/* Traces: taken in one place, printed in another.
 *
 * Taking one needs no memory, so that the world need not stand still for
 * longer than that; names and lines are looked up afterwards.
 */
#ifndef DEBUG_BACKTRACE_H
#define DEBUG_BACKTRACE_H

#include "debug/symbols.h"
#include "debug/writer.h"

#include <stdbool.h>
#include <stdint.h>

struct context;

/* As many frames as Go prints: the middle of a deep recursion says nothing. */
enum { TRACE_INNER = 50, TRACE_OUTER = 50, TRACE_MAX = TRACE_INNER + TRACE_OUTER };

/* A pc in the upper bits; bit 0 is set if execution goes on at it, and clear if
 * it is a return address, so that the call is before it. */
typedef uint64_t frame_t;

struct trace {
    uint64_t elided; /* after the first TRACE_INNER */
    uint32_t n;
    bool interrupted; /* begins where a signal came in: with the user's code */
    frame_t f[TRACE_MAX];
};

/* trace_here - of the calling code.  In a signal handler, from is the pc that
 * was interrupted and the trace begins there; else from is 0. */
void trace_here(struct trace *t, uintptr_t from);

/* trace_context - of a goroutine that does not run. */
void trace_context(struct trace *t, const struct context *ctx);

/* trace_want - announce the addresses of f[0..n) to a resolver. */
void trace_want(struct symbols *s, const frame_t *f, uint32_t n);

/* What is printed of a trace. */
struct view {
    const frame_t *f;
    uint32_t n;
    uint64_t elided;
    bool interrupted; /* the inner end is not the runtime's */
    uintptr_t fn;     /* the goroutine's function, or 0 */
};

/* trace_print - in Go's shape.  Hides what is the runtime's at both ends,
 * unless all, or unless nothing would be left. */
void trace_print(struct writer *w, const struct symbols *s, const struct view *v, bool all);

/* frame_print - one function and the position in it. */
void frame_print(struct writer *w, const struct symbols *s, frame_t f, bool all);

/* creator_print - "created by F in goroutine N" and its position. */
void creator_print(struct writer *w, const struct symbols *s, uintptr_t pc, uint64_t parent);

static inline uintptr_t frame_pc(frame_t f)
{
    return (uintptr_t)(f >> 1);
}

static inline frame_t frame_of(uintptr_t pc, bool exact)
{
    return (frame_t)pc << 1 | exact;
}

/* The address whose function and line describe the frame. */
static inline uintptr_t frame_addr(frame_t f)
{
    return frame_pc(f) - !(f & 1);
}

#endif

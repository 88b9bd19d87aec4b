/* SPDX-License-Identifier: MIT */
/* Looking at a running program, and ending one. */
#ifndef GOROUTINE_DEBUG_H
#define GOROUTINE_DEBUG_H

#include <goroutine/base.h>

GO_BEGIN_DECLS

/* go_dump - write every goroutine to the descriptor fd.
 *
 * Id, name, state, wait reason and for how long, stack with symbols, where it
 * was created.  Stops the other goroutines at their next runtime call while it
 * writes.  Any goroutine or thread may call.  The counterpart of Go's
 * pprof.Lookup("goroutine").WriteTo; SIGQUIT prints the same and exits 2.
 */
GO_API void go_dump(int fd);

/* go_verify - check the numbered invariants of every queue of the runtime.
 *
 * Stops the world.  A broken one ends the program with its number.  For tests
 * and for hunting memory corruption. */
GO_API void go_verify(void);

/* go_panic - end the program as an uncaught Go panic does.
 *
 * Prints "panic: ", the formatted text, the goroutine's trace; exit status 2. */
GO_API void go_panic(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));

GO_END_DECLS

#endif

/* SPDX-License-Identifier: MIT */
/* The user's mistake where Go panics.  It can be recovered, so whoever panics is
 * outside the runtime (after rt_exit), holds no lock, and has left the object as it
 * may be used again.  The ends that nothing stops are in base/fatal.h. */
#ifndef SCHED_PANIC_H
#define SCHED_PANIC_H

/* panic - run the deferred calls of the goroutine; go on after the go_recover they
 * lead to, or end: "panic: TEXT", the trace of the goroutine, exit status 2. */
void panic(const char *fmt, ...) __attribute__((noreturn, cold, format(printf, 1, 2)));

#endif

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

/* go_cpu_time - the CPU time that the calling goroutine has used, in nanoseconds.
 *
 * What it computed, and what the kernel did for it, wherever it ran; not the time in
 * which it waited, slept in the kernel, or was kept from a CPU.  Counted from when
 * counting is on, to a few microseconds; 0 if it never was.  On a thread that is not
 * ours: that thread's CPU time.  While counting is on, go_dump shows it for each
 * goroutine.  Go has none. */
GO_API int64_t go_cpu_time(void);

/* go_cpu_time_enable - count it from now on, or no longer; totals stay.
 *
 * GO_DEBUG=cputime=1 counts from the beginning.  Costs some 30 ns for each switch of
 * goroutines.  One that runs on another thread meanwhile is counted from its next
 * stop.  Returns whether it was on. */
GO_API bool go_cpu_time_enable(bool on);

/* go_long_run - a goroutine that has computed for long without calling the library.
 *
 * It keeps the others off its CPU, or needs a thread of its own.  All calls count but
 * go_now and those that are made inline, as atomics are.  What is pointed to is valid
 * during the report only.
 *
 * id, name      of the goroutine; the name is "" if it has none
 * computed      its CPU time since it was last seen to call the library or to sleep
 *               in the kernel, in nanoseconds
 * frames        its stack, innermost first; none if the thread did not answer
 * created       where it was started (pc NULL: the main goroutine), by goroutine
 *               creator
 */
typedef struct go_long_frame {
    const void *pc;
    const char *function; /* NULL: not known */
    const char *file;     /* NULL: not known */
    uint32_t line;
} go_long_frame;

typedef struct go_long_run {
    uint64_t id;
    const char *name;
    int64_t computed;
    const go_long_frame *frames;
    size_t nframes;
    go_long_frame created;
    uint64_t creator;
} go_long_run;

/* go_observe_long - report goroutines that compute for threshold nanoseconds or more
 * without calling the library.
 *
 * report(r, arg) is called on a thread of its own, for one report at a time: once
 * when a goroutine passes the threshold, and again at twice, four times, ... of it if
 * it still goes on.  NULL prints to stderr, as go_dump does.  GO_DEBUG=long=MS does
 * that from the beginning.  Looks at intervals of a quarter of the threshold, at
 * least a millisecond.  Each call replaces the one before; a threshold of 0 ends it,
 * though a report that is under way may still be made.  Foreign threads are not
 * observed.  report runs on a thread of the observer's own; if it calls the library that
 * is one more foreign thread, which may act at any time, and deadlocks are found no more.
 *
 * The stack is taken by a signal to the goroutine's thread: the last real-time signal
 * that has no handler, or number N of GO_DEBUG=longsignal=N.  SA_RESTART is set, and
 * no signal is sent to a thread that sleeps in the kernel; a call of its that begins
 * just then may end with EINTR all the same.  A thread that blocks the signal, or that
 * the thread sanitizer holds it back from, is reported without stack.
 *
 * 0, -EINVAL (threshold < 0), -EAGAIN (no thread), -EBUSY (no signal is free, or the
 * one asked for has a handler). */
GO_API int go_observe_long(int64_t threshold, void (*report)(const go_long_run *r, void *arg),
                           void *arg) GO_MUST_CHECK;

/* go_leaks - find goroutines that can never run again although the program goes on.
 *
 * They wait, without a bound, for a channel, lock, group, ... that nobody can get at
 * who might still run: all that knows its address are other goroutines of the same kind.
 * Writes them to fd as go_dump does, "goroutine 7 [chan receive (leaked)]:", and their
 * number; fd -1 only counts.  Returns the number, or
 *   -ENOTSUP  the program runs under a sanitizer or Valgrind
 *   -EAGAIN   a thread of the program could not be stopped
 *   -ENOMEM, -EFAULT
 *
 * Who is reported is leaked, unless the program keeps pointers otherwise than as
 * aligned words in its memory (packed, encoded, only in the kernel).  Not all who are
 * leaked are found: a copy of the address that was left behind in memory that is in use
 * hides them, and so does an object in static memory, which anybody can name.
 *
 * Stops all threads for as long as it takes to look through the memory that they can
 * reach (some ms; 1 s for each GiB of small blocks), by a real-time signal that has no
 * handler; system calls that SA_RESTART does not restart end with EINTR.  Not from a
 * signal handler.
 * GO_DEBUG=leaks=1 writes the report to stderr when main returns or exit is called.
 * The counterpart of Go 1.26's goroutineleak profile. */
GO_API int64_t go_leaks(int fd);

GO_END_DECLS

#endif

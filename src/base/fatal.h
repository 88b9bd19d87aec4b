/* SPDX-License-Identifier: MIT */
/* The ways a program ends early.  They look different on purpose.  A panic, which
 * can be recovered, is in sched/panic.h. */
#ifndef BASE_FATAL_H
#define BASE_FATAL_H

#include <stddef.h>

/* fatal - where Go throws: "fatal error: TEXT", trace, exit status 2. */
void fatal(const char *fmt, ...) __attribute__((noreturn, cold, format(printf, 1, 2)));

/* bug - the runtime found itself broken: "libgoroutine bug: TEXT", abort(). */
void bug(const char *fmt, ...) __attribute__((noreturn, cold, format(printf, 1, 2)));

/* fatal_begin, fatal_put, fatal_end - another text, in pieces, then the trace of the
 * goroutine, exit status 2.  Who is not the first waits in fatal_begin. */
void fatal_begin(void);
void fatal_put(const char *s, size_t n);
void fatal_end(void) __attribute__((noreturn));

/* fatal_wait - if the program is already ending by one of these, wait for that:
 * its report and status are the ones that count. */
void fatal_wait(void);

/* warn_once - one line on stderr, "runtime: TEXT", once for each flag. */
void warn_once(int *flag, const char *fmt, ...) __attribute__((cold, format(printf, 2, 3)));

/* Set by debug at start: prints the trace of the current goroutine (all == 0)
 * or of every one (all == 1) to stderr.  May be NULL. */
extern void (*fatal_trace)(int all);

/* fatal_all - as fatal, with every goroutine's trace (deadlock). */
void fatal_all(const char *fmt, ...) __attribute__((noreturn, cold, format(printf, 1, 2)));

/* ensure - a "must hold" that is checked in every build. */
#define ensure(x)                                                                                  \
    do {                                                                                           \
        if (__builtin_expect(!(x), 0))                                                             \
            bug("%s:%d: %s", __FILE__, __LINE__, #x);                                              \
    } while (0)

#endif

/* SPDX-License-Identifier: MIT */
/* Reports about goroutines: one that fails, or all of them. */
#ifndef DEBUG_DUMP_H
#define DEBUG_DUMP_H

#include <stdbool.h>
#include <stddef.h>

struct g;
struct m;

/* What GOTRACEBACK asks for; the words are Go's. */
enum traceback {
    TRACEBACK_NONE,   /* no traces */
    TRACEBACK_SINGLE, /* the goroutine that failed; the default */
    TRACEBACK_ALL,    /* every goroutine */
    TRACEBACK_SYSTEM, /* and the frames of the runtime */
    TRACEBACK_CRASH,  /* and abort() instead of exit, for a core file */
};

void traceback_read_env(void);

/* dump_fatal - for fatal_trace: the current goroutine first, then, if all or if
 * the environment asks for it, the others.  The world is not stopped: whoever
 * dies may hold a lock that the others need to stop. */
void dump_fatal(int all);

/* dump_leaked - n goroutines to fd, each said to be leaked; v and the others stride bytes
 * apart.  m has stopped the world; starts it again and leaves the runtime before it
 * prints. */
void dump_leaked(struct m *m, int fd, struct g *const *v, size_t n, size_t stride);

/* dump_quit - every goroutine to stderr, from the monitor.  The world is stopped
 * and stays so: the program is to end.  Sets *served when that is done. */
void dump_quit(bool *served);

/* dump_end - end the program as the environment asks, after a report. */
void dump_end(void) __attribute__((noreturn));

#endif

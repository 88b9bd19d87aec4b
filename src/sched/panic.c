/* SPDX-License-Identifier: MIT */
/* A panic: the deferred calls on top of the stack that panicked, then the end.  As the
 * stack is not unwound, the trace begins where it happened, and a panic in a deferred
 * call shows what led to it. */
#include "sched/panic.h"

#include "sched/defer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Go indents the lines after the first, of a nested panic as of the outermost. */
static void put_text(const char *text)
{
    const char *end;
    while ((end = strchr(text, '\n'))) {
        fatal_put(text, (size_t)(end - text));
        fatal_put("\n\t", 2);
        text = end + 1;
    }
    fatal_put(text, strlen(text));
}

/* The first one first, each inside the one before. */
static void put_panics(const struct leaving *l)
{
    const struct leaving *outer = l->outer;
    while (outer && !outer->text)
        outer = outer->outer;
    if (outer) {
        put_panics(outer);
        fatal_put("\t", 1);
    }
    fatal_put("panic: ", 7);
    put_text(l->text);
    fatal_put("\n", 1);
}

static void raise_text(const char *text) __attribute__((noreturn));
static never_inline void raise_text(const char *text)
{
    struct g *g = m_self()->curg; /* NULL: nothing can have been deferred */
    struct leaving l __attribute__((cleanup(leaving_check))) = { NULL, text };
    if (g) {
        struct go_defer_ *d;
        ensure(g->alien || !ld_relaxed(&m_self()->in_rt));
        l.outer = g->leaving;
        g->leaving = &l;
        while ((d = defer_take(g))) {
            if (d->kind == DEFER_RECOVER)
                recovered_by(g, d, text);
            if (d->kind == DEFER_CALL)
                defer_run(d);
        }
    }
    fatal_begin();
    put_panics(&l);
    fatal_end();
}

void panic(const char *fmt, ...)
{
    char text[GO_PANIC_TEXT];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    raise_text(text);
}

void go_panic(const char *fmt, ...)
{
    char text[GO_PANIC_TEXT];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    raise_text(text);
}

void go_exception_escaped_(const char *type, const char *what)
{
    const struct g *g = m_self()->curg;
    if (!g || g->alien || g == ld_relaxed(&sched.main_g))
        return;
    if (!type)
        fatal("std::terminate was called");
    fatal("uncaught C++ exception: %s%s%s", type, what ? ": " : "", what ? what : "");
}

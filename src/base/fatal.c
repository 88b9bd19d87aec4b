/* SPDX-License-Identifier: MIT */
#include "base/fatal.h"

#include "base/atomic.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void (*fatal_trace)(int all);

/* Only the first to fail speaks; the others wait for the end of the process. */
static uint32_t dying;

void fatal_wait(void)
{
    while (ld_relaxed(&dying))
        pause();
}

void fatal_put(const char *s, size_t n)
{
    while (n > 0) {
        ssize_t w = write(STDERR_FILENO, s, n);
        if (w <= 0)
            return;
        s += w;
        n -= (size_t)w;
    }
}

static void say(const char *prefix, const char *fmt, va_list ap)
{
    char text[1024];
    size_t n = strlen(prefix);
    memcpy(text, prefix, n);
    int len = vsnprintf(text + n, sizeof text - n - 2, fmt, ap);
    n = strlen(text);
    if (len >= 0)
        text[n++] = '\n';
    fatal_put(text, n);
}

static void be_first(void)
{
    if (cas(&dying, 0u, 1u))
        return;
    for (;;)
        pause();
}

void fatal_begin(void)
{
    be_first();
    fflush(stdout);
}

static void trace_and_exit(int all) __attribute__((noreturn));
static void trace_and_exit(int all)
{
    fatal_put("\n", 1);
    if (fatal_trace)
        fatal_trace(all);
    _exit(2);
}

void fatal_end(void)
{
    trace_and_exit(0);
}

static void end(int all, const char *fmt, va_list ap) __attribute__((noreturn));
static void end(int all, const char *fmt, va_list ap)
{
    fatal_begin();
    say("fatal error: ", fmt, ap);
    trace_and_exit(all);
}

void fatal(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    end(0, fmt, ap);
}

void fatal_all(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    end(1, fmt, ap);
}

void bug(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    be_first();
    say("libgoroutine bug: ", fmt, ap);
    abort();
}

void warn_once(int *flag, const char *fmt, ...)
{
    if (__atomic_exchange_n(flag, 1, __ATOMIC_RELAXED))
        return;
    va_list ap;
    va_start(ap, fmt);
    say("runtime: ", fmt, ap);
    va_end(ap);
}

/* SPDX-License-Identifier: MIT */
/* What the programs of the corpus share.  Each is a mistake that was made in real
 * programs, reduced to its shape; its first comment tells the pattern and what must be
 * reported. */
#ifndef CORPUS_H
#define CORPUS_H

#include <errno.h>
#include <goroutine.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A function whose frame is gone when it has returned: the part of the program that
 * makes the mistake.  What its caller keeps would be seen as a way to the channel. */
#define corpus_part __attribute__((noinline, unused))

enum { CORPUS_PATIENCE = 10 }; /* seconds */

/* Not where nobody can tell: under a sanitizer or Valgrind, or an emulator, whose own
 * threads cannot be stopped. */
static inline bool corpus_cannot_tell(int64_t n)
{
    return n == -ENOTSUP || (n < 0 && getenv("GO_TEST_LAUNCHER"));
}

/* Never are more leaked than must be. */
static corpus_part void corpus_poll(int64_t want)
{
    int64_t n, end = go_now() + CORPUS_PATIENCE * GO_SECOND;
    while ((n = go_leaks(-1)) != want && n <= want && go_now() < end) {
        if (corpus_cannot_tell(n))
            _Exit(77);
        go_sleep(GO_MILLISECOND);
    }
    if (n != want) {
        fprintf(stderr, "%lld goroutines leaked, not %lld\n", (long long)n, (long long)want);
        go_dump(STDERR_FILENO);
        go_leaks(STDERR_FILENO);
        _Exit(1);
    }
}

/* Calls on this stack that have returned leave their variables there, and who is called
 * next may not write to each word of its frame: then they look like his.  So this comes
 * first. */
enum { CORPUS_DEPTH = 16384 };

static corpus_part void corpus_clear_stack(void)
{
    struct { /* all of the frame: nothing is left over between variables */
        volatile char clear[CORPUS_DEPTH - sizeof(size_t)];
        volatile size_t i;
    } frame;
    for (frame.i = 0; frame.i < sizeof frame.clear; frame.i++)
        frame.clear[frame.i] = 0;
}

#define corpus_inline static inline __attribute__((always_inline))

/* Wait until as many are leaked as must be. */
corpus_inline void corpus_wait_leaked(int64_t want)
{
    corpus_clear_stack();
    corpus_poll(want);
}

/* The same, and the report on stderr. */
corpus_inline void corpus_leaks(int64_t want)
{
    corpus_clear_stack();
    corpus_poll(want);
    go_leaks(STDERR_FILENO);
}

/* Before the first call of the library: the report is made when main returns. */
static inline void corpus_at_exit(void)
{
    setenv("GO_DEBUG", "leaks=1", 1);
}

#endif

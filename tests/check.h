/* SPDX-License-Identifier: MIT */
/* The checks every test uses.  A failed one prints both values and ends. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(x)                                                                                   \
    do {                                                                                           \
        if (!(x)) {                                                                                \
            fprintf(stderr, "%s:%d: CHECK(%s) failed\n", __FILE__, __LINE__, #x);                  \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

#define CHECK_EQ(a, b)                                                                             \
    do {                                                                                           \
        long long a_ = (long long)(a), b_ = (long long)(b);                                        \
        if (a_ != b_) {                                                                            \
            fprintf(stderr, "%s:%d: %s == %s failed: %lld != %lld\n", __FILE__, __LINE__, #a, #b,  \
                    a_, b_);                                                                       \
            _Exit(1);                                                                              \
        }                                                                                          \
    } while (0)

/* Tests do less of the same under sanitizers and valgrind. */
static inline int test_scale(int full, int slow)
{
    return getenv("GO_TEST_SLOW") ? slow : full;
}

#endif

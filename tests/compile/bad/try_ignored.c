/* SPDX-License-Identifier: MIT */
/* expect: ignoring return value */
#include <goroutine.h>

static void f(void) {}

void test(void);

void test(void)
{
    (void)!go_try(f);
#ifndef GOOD
#pragma GCC diagnostic error "-Wunused-result"
    go_try(f);
#endif
}

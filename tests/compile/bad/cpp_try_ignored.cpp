// SPDX-License-Identifier: MIT
// expect: nodiscard|ignoring return value|unused
#include <goroutine.h>

static void f(int *p, long n)
{
    (void)p, (void)n;
}

void test()
{
    int x = 0;
    go(f, &x, 1);
#ifndef GOOD
#pragma GCC diagnostic error "-Wunused-result"
    go_try(f, &x, 1);
#endif
}

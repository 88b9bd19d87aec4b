// SPDX-License-Identifier: MIT
// expect: no match for call|no matching function|too few arguments
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
    go(f, &x);
#endif
}

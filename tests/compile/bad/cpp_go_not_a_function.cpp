// SPDX-License-Identifier: MIT
// expect: no matching function
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
    go(x, 1);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: incompatible.*pointer */
#include <goroutine.h>

static void f(int *p, long n)
{
    (void)p, (void)n;
}

void test(void);

void test(void)
{
    int x = 0;
    go(f, &x, 1);
#ifndef GOOD
    long y = 0;
    go(f, &y, 1);
#endif
}

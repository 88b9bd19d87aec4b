/* SPDX-License-Identifier: MIT */
/* expect: too many arguments */
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
    go(f, &x, 1, 2);
#endif
}

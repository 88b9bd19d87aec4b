/* SPDX-License-Identifier: MIT */
/* expect: (integer|long).*(to|from|pointer) */
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
    go(f, &x, &x);
#endif
}

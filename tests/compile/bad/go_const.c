/* SPDX-License-Identifier: MIT */
/* expect: discards */
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
    const int y = 0;
    go(f, &y, 1);
#endif
}

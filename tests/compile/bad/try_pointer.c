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
    int r = go_try(f, &x, 1);
    (void)r;
#ifndef GOOD
    char y = 0;
    r = go_try(f, &y, 1);
#endif
}

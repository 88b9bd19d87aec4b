/* SPDX-License-Identifier: MIT */
/* expect: go_attr|invalid initializer */
#include <goroutine.h>

static void f(int *p, long n)
{
    (void)p, (void)n;
}

void test(void);

void test(void)
{
    int x = 0;
    go_with((go_attr){.stack = 65536}, f, &x, 1);
#ifndef GOOD
    go_with(5, f, &x, 1);
#endif
}

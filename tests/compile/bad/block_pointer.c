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
    go_block(f, &x, 1);
#ifndef GOOD
    char y = 0;
    go_block(f, &y, 1);
#endif
}

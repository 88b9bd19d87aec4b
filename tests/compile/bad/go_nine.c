/* SPDX-License-Identifier: MIT */
/* expect: go: more than 8 arguments: pass a struct */
#include <goroutine.h>

static void f(int a, int b, int c, int d, int e, int g, int h, int i)
{
    (void)(a + b + c + d + e + g + h + i);
}

void test(void);

void test(void)
{
    go(f, 1, 2, 3, 4, 5, 6, 7, 8);
#ifndef GOOD
    go(f, 1, 2, 3, 4, 5, 6, 7, 8, 9);
#endif
}

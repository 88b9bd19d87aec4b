/* SPDX-License-Identifier: MIT */
/* expect: incompatible type */
#include <goroutine.h>

static void f(int *p, long n)
{
    (void)p, (void)n;
}
struct b {
    int v;
};

void test(void);

void test(void)
{
    int x = 0;
    go(f, &x, 1);
#ifndef GOOD
    struct b y = {1};
    go(f, &x, y);
#endif
}

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
    go_waitgroup wg = {0};
    go_waitgroup_go(&wg, f, &x, 1);
#ifndef GOOD
    go_waitgroup_go(&wg, f, &x, 1, 2);
#endif
}

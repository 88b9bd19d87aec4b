/* SPDX-License-Identifier: MIT */
/* expect: too few arguments */
#include <goroutine.h>

static void f(int *p, long n)
{
    (void)p, (void)n;
}

void test(void);
void test(void)
{
    int x = 0;
    go_timer_drop(go_after_func(GO_HOUR, f, &x, 1));
#ifndef GOOD
    go_timer_drop(go_after_func(GO_HOUR, f, &x));
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: the function must return int */
#include <goroutine.h>

static int f(long n)
{
    return (int)n;
}
static long v(long n)
{
    return n;
}

void test(go_group *g);

void test(go_group *g)
{
    go_group_go(g, f, 1);
    (void)v;
#ifndef GOOD
    (void)go_group_try_go(g, v, 1);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: incompatible.*pointer */
#include <goroutine.h>

static int f(int *p)
{
    return *p;
}

void test(go_group *g, int *i, long *l);

void test(go_group *g, int *i, long *l)
{
    go_group_go(g, f, i);
    (void)l;
#ifndef GOOD
    go_group_go(g, f, l);
#endif
}

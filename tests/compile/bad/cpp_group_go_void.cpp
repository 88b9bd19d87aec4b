// SPDX-License-Identifier: MIT
// expect: the function must return int
#include <goroutine.h>

static void f(long n)
{
    (void)n;
}

void test(go_group *g)
{
    go_group_go(g, [] { return 1; });
    (void)f;
#ifndef GOOD
    go_group_go(g, f, 1);
#endif
}

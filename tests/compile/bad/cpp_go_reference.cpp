// SPDX-License-Identifier: MIT
// expect: go: f takes a reference to what it may change
#include <goroutine.h>

static void f(const int &v)
{
    (void)v;
}
static void g(int &v)
{
    v++;
}

void test()
{
    int x = 0;
    go(f, x);
    go_block([&x] { g(x); });
#ifndef GOOD
    go(g, x);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: go: the arguments are too large together: pass a pointer */
#include <goroutine.h>

struct large {
    char bytes[4200];
};
void f(struct large v);
void f(struct large v)
{
    (void)v;
}
static void g(struct large *v)
{
    (void)v;
}

void test(void);

void test(void)
{
    struct large x = {{1}};
    go(g, &x);
#ifndef GOOD
    go(f, x);
#endif
}

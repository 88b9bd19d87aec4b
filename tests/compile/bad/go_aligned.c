/* SPDX-License-Identifier: MIT */
/* expect: go: an argument is aligned to more than 16 bytes: pass a pointer */
#include <goroutine.h>

struct wide {
    int v;
} __attribute__((aligned(32)));
void f(struct wide v);
void f(struct wide v)
{
    (void)v;
}
static void g(struct wide *v)
{
    (void)v;
}

void test(void);

void test(void)
{
    struct wide x = {1};
    go(g, &x);
#ifndef GOOD
    go(f, x);
#endif
}

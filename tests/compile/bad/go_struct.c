/* SPDX-License-Identifier: MIT */
/* expect: incompatible type */
#include <goroutine.h>

struct a {
    int v;
};
struct b {
    int v;
};
static void f(struct a v)
{
    (void)v;
}

void test(void);

void test(void)
{
    struct a x = {1};
    go(f, x);
#ifndef GOOD
    struct b y = {1};
    go(f, y);
#endif
}

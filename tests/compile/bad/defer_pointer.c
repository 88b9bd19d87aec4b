/* SPDX-License-Identifier: MIT */
/* expect: incompatible pointer type|incompatible-pointer-types */
/* A pointer of another type is not taken. */
#include <goroutine.h>

static void f(int *p)
{
    (void)p;
}

int main(void)
{
    int v = 0;
    double d = 0;
    go_defer(f, &v);
    (void)d;
#ifndef GOOD
    go_defer(f, &d);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: too few arguments */
/* A deferred call is checked as any call. */
#include <goroutine.h>

static void f(int a, int b)
{
    (void)a, (void)b;
}

int main(void)
{
    go_defer(f, 1, 2);
#ifndef GOOD
    go_defer(f, 1);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: too few arguments */
#include <goroutine.h>

static void f(int *p, long n)
{
    (void)p, (void)n;
}

void test(go_context *ctx, int *p);

void test(go_context *ctx, int *p)
{
    go_context_after_drop(go_context_after_func(ctx, f, p, 1));
#ifndef GOOD
    go_context_after_drop(go_context_after_func(ctx, f, p));
#endif
}

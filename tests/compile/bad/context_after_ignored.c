/* SPDX-License-Identifier: MIT */
/* expect: ignoring return value */
#include <goroutine.h>

static void f(void)
{
}

void test(go_context *ctx);

void test(go_context *ctx)
{
    go_context_after_drop(go_context_after_func(ctx, f));
#ifndef GOOD
#pragma GCC diagnostic error "-Wunused-result"
    go_context_after_func(ctx, f);
#endif
}

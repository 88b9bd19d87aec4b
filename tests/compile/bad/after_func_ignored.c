/* SPDX-License-Identifier: MIT */
/* expect: ignoring return value */
#include <goroutine.h>

static void f(void)
{
}

void test(void);

void test(void)
{
    go_timer_drop(go_after_func(GO_HOUR, f));
#ifndef GOOD
#pragma GCC diagnostic error "-Wunused-result"
    go_after_func(GO_HOUR, f);
#endif
}

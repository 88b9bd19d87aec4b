/* SPDX-License-Identifier: MIT */
/* expect: incompatible.*pointer */
#include <goroutine.h>

static void f(go_chan(int) c)
{
    go_drop(c);
}

void test(void);

void test(void)
{
    go_chan(int) a = go_make(int, 0);
    go_chan(long) b = go_make(long, 0);
    go(f, a);
    go_drop(b);
#ifndef GOOD
    go(f, b);
#endif
}

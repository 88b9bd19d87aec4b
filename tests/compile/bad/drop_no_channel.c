/* SPDX-License-Identifier: MIT */
/* expect: go_drop: not a channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
    go_drop(go_hold(c));
#ifndef GOOD
    go_drop(&x);
#endif
}

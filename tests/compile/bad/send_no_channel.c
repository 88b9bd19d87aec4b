/* SPDX-License-Identifier: MIT */
/* expect: go_send: not a channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
#ifndef GOOD
    go_send(&x, 1);
#endif
}

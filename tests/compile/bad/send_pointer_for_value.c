/* SPDX-License-Identifier: MIT */
/* expect: go_send: the value does not convert to the element type of the channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
#ifndef GOOD
    go_send(c, &x);
#endif
}

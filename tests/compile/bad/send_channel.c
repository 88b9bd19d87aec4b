/* SPDX-License-Identifier: MIT */
/* expect: go_send: the value does not convert to the element type of the channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) a = NULL;
    go_chan(long) b = NULL;
    go_chan(go_chan(int)) c = go_make(go_chan(int), 0);
    go_send(c, a);
    (void)b;
#ifndef GOOD
    go_send(c, b);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: go_send: the value does not convert to the element type of the channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    int x = 0;
    go_chan(int *) c = go_make(int *, 0);
    go_send(c, &x);
    go_send(c, NULL);
#ifndef GOOD
    go_send(c, 5);
#endif
}

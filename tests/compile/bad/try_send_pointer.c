/* SPDX-License-Identifier: MIT */
/* expect: go_try_send: the value does not convert to the element type of the channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    int x = 0;
    go_chan(int *) c = go_make(int *, 0);
    go_send(c, &x);
    go_send(c, NULL);
#ifndef GOOD
    char y = 0;
    (void)!go_try_send(c, &y);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: go_recv: the destination is not a pointer to the element type of the channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_recv(c, &x);
    go_recv(c, NULL);
#ifndef GOOD
    void *y = &x;
    go_recv(c, y);
#endif
}

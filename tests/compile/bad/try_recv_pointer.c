/* SPDX-License-Identifier: MIT */
/* expect: go_try_recv: the destination is not a pointer to the element type of the channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_recv(c, &x);
    go_recv(c, NULL);
#ifndef GOOD
    long y = 0;
    (void)!go_try_recv(c, &y);
#endif
}

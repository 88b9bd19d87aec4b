/* SPDX-License-Identifier: MIT */
/* expect: go_recv: not a channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_recv(c, &x);
    go_recv(c, NULL);
#ifndef GOOD
    go_recv(&x, &x);
#endif
}

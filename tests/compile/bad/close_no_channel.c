/* SPDX-License-Identifier: MIT */
/* expect: go_close: not a channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
    go_close(c);
#ifndef GOOD
    go_close(&x);
#endif
}

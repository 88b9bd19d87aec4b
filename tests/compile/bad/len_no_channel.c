/* SPDX-License-Identifier: MIT */
/* expect: go_len: not a channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
    (void)go_len(c);
#ifndef GOOD
    (void)go_len(&x);
#endif
}

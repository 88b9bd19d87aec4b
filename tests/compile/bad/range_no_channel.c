/* SPDX-License-Identifier: MIT */
/* expect: not a channel|not a function */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_recv(c, &x);
    go_recv(c, NULL);
    go_range (n, c) {
        (void)n;
    }
#ifndef GOOD
    go_range (v, &x) {
        (void)v;
    }
#endif
}

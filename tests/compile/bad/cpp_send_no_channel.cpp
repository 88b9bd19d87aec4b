// SPDX-License-Identifier: MIT
// expect: no matching function
#include <goroutine.h>

void test()
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
#ifndef GOOD
    go_send(&x, 1);
#endif
}

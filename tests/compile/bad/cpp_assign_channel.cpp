// SPDX-License-Identifier: MIT
// expect: (cannot convert|cannot initialize|invalid conversion)
#include <goroutine.h>

void test()
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_send(c, x);
#ifndef GOOD
    go_chan(int) d = go_make(long, 0);
#endif
}

// SPDX-License-Identifier: MIT
// expect: (cannot convert|no matching function|no known conversion)
#include <goroutine.h>

void test()
{
    go_chan(int) c = go_make(int, 0);
    int x = 0;
    go_recv(c, &x);
    go_recv(c, NULL);
#ifndef GOOD
    long y = 0;
    go_recv(c, &y);
#endif
}

// SPDX-License-Identifier: MIT
// expect: (invalid conversion|no matching function|no known conversion)
#include <goroutine.h>

void test()
{
    int x = 0;
    go_chan(int *) c = go_make(int *, 0);
    go_send(c, &x);
    go_send(c, NULL);
#ifndef GOOD
    const int y = 0;
    go_send(c, &y);
#endif
}

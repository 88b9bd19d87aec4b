/* SPDX-License-Identifier: MIT */
/* expect: go_try_make: not a channel */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c;
    (void)!go_try_make(&c, 0);
#ifndef GOOD
    int *y;
    (void)!go_try_make(&y, 0);
#endif
}

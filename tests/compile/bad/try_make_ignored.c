/* SPDX-License-Identifier: MIT */
/* expect: ignoring return value */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_chan(int) c = NULL;
    (void)!go_try_make(&c, 0);
#ifndef GOOD
#pragma GCC diagnostic error "-Wunused-result"
    go_try_make(&c, 0);
#endif
}

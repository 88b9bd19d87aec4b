/* SPDX-License-Identifier: MIT */
/* expect: go_make: void has no value: use an empty struct */
#include <goroutine.h>

void test(void);

void test(void)
{
    (void)go_make(int, 0);
#ifndef GOOD
    (void)go_make(void, 0);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: go_make: an array is not a value: put it in a struct */
#include <goroutine.h>

void test(void);

void test(void)
{
    (void)go_make(struct { int v[4]; }, 0);
#ifndef GOOD
    (void)go_make(int[4], 0);
#endif
}

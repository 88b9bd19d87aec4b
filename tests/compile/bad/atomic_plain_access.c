/* SPDX-License-Identifier: MIT */
/* expect: invalid operands */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_int32 a = {0};
    go_int32_add(&a, 1);
#ifndef GOOD
    a = a + 1;
#endif
}

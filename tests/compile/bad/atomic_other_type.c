/* SPDX-License-Identifier: MIT */
/* expect: incompatible.*pointer */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_int64 b = {0};
    go_int64_add(&b, 1);
#ifndef GOOD
    (void)0;
#pragma GCC diagnostic error "-Wincompatible-pointer-types"
    go_int32_add(&b, 1);
#endif
}

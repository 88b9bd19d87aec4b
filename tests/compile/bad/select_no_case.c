/* SPDX-License-Identifier: MIT */
/* expect: incompatible|initializ|invalid */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_select(go_default());
#ifndef GOOD
    go_select(5);
#endif
}

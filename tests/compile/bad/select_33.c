/* SPDX-License-Identifier: MIT */
/* expect: go_select: more than 32 cases: use go_select_cases */
#include <goroutine.h>

void test(void);

void test(void)
{
    go_select(go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(),
              go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(),
              go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default());
#ifndef GOOD
    go_select(go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(),
              go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(),
              go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default(), go_default());
#endif
}

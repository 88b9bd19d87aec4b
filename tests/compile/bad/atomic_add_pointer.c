/* SPDX-License-Identifier: MIT */
/* expect: go_atomic_add: not an integer */
#include <goroutine.h>

void test(void);

void test(void)
{
    int n = 0;
    double d = 0;
    int *p = &n;
    go_atomic_add(&n, 1);
    go_atomic_store(&d, 1);
    go_atomic_store(&p, NULL);
#ifndef GOOD
    go_atomic_add(&p, 1);
#endif
}

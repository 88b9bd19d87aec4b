/* SPDX-License-Identifier: MIT */
/* expect: go_atomic_load: not an integer, enumeration, bool, pointer, float or double */
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
    long double l = 1;
    go_atomic_load(&l);
#endif
}

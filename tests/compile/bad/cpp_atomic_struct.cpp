// SPDX-License-Identifier: MIT
// expect: go_atomic: not an integer, enumeration, bool, pointer, float or double
#include <goroutine.h>

void test()
{
    int n = 0;
    double d = 0;
    int *p = &n;
    go_atomic_add(&n, 1);
    go_atomic_store(&d, 1);
    go_atomic_store(&p, NULL);
#ifndef GOOD
    struct {
        int v;
    } s = {1};
    go_atomic_load(&s);
#endif
}

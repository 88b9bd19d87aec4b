// SPDX-License-Identifier: MIT
// expect: (cannot convert|no matching function|no known conversion)
#include <goroutine.h>

struct a {
    int v;
};
struct b {
    int v;
};
static go_ptr(a) p;

void test()
{
    a x = {1};
    go_ptr_store(&p, &x);
#ifndef GOOD
    b y = {1};
    go_ptr_store(&p, &y);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: the value does not convert to the type of the object */
#include <goroutine.h>

struct a {
    int v;
};
struct b {
    int v;
};
static go_ptr(struct a) p;

void test(void);

void test(void)
{
    struct a x = {1};
    go_ptr_store(&p, &x);
#ifndef GOOD
    const struct a y = {1};
    go_ptr_store(&p, &y);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: go_ptr: not the address of a go_ptr */
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
    (void)go_ptr_load(&p);
#ifndef GOOD
    struct a *y = NULL;
    (void)go_ptr_load(&y);
#endif
}

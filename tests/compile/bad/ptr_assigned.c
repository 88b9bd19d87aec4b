/* SPDX-License-Identifier: MIT */
/* expect: array|assignable */
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
    go_ptr_store(&p, NULL);
#ifndef GOOD
    p = NULL;
#endif
}

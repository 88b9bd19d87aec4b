/* SPDX-License-Identifier: MIT */
/* expect: go_recv: the destination is not a pointer to the element type of the channel */
#include <goroutine.h>

struct a {
    int v;
};
struct b {
    int v;
};

void test(void);

void test(void)
{
    go_chan(struct a) c = go_make(struct a, 0);
    struct a x;
    go_recv(c, &x);
#ifndef GOOD
    struct b y;
    go_recv(c, &y);
#endif
}

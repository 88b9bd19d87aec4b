/* SPDX-License-Identifier: MIT */
/* expect: go_send: the value does not convert to the element type of the channel */
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
    struct a x = {1};
    go_send(c, x);
    go_send(c, (struct a){2});
#ifndef GOOD
    struct b y = {1};
    go_send(c, y);
#endif
}

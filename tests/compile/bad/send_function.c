/* SPDX-License-Identifier: MIT */
/* expect: go_send: the value does not convert to the element type of the channel */
#include <goroutine.h>

static void handler(int v)
{
    (void)v;
}
void other(char *v);

void test(void);

void test(void)
{
    go_chan(void (*)(int)) c = go_make(void (*)(int), 0);
    go_send(c, handler);
#ifndef GOOD
    go_send(c, other);
#endif
}

/* SPDX-License-Identifier: MIT */
/* expect: more than 8 arguments */
/* More than 8 arguments are too many. */
#include <goroutine.h>

static void eight(int a, int b, int c, int d, int e, int f, int g, int h)
{
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
}
#ifndef GOOD
static void nine(int a, int b, int c, int d, int e, int f, int g, int h, int i)
{
    eight(a, b, c, d, e, f, g, h + i);
}
#endif

int main(void)
{
    go_defer(eight, 1, 2, 3, 4, 5, 6, 7, 8);
#ifndef GOOD
    go_defer(nine, 1, 2, 3, 4, 5, 6, 7, 8, 9);
#endif
}

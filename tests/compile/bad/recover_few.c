/* SPDX-License-Identifier: MIT */
/* expect: too few arguments */
/* A protected call is checked as any call. */
#include <goroutine.h>

static void f(int a)
{
    (void)a;
}

int main(void)
{
    go_recover(NULL, f, 1);
#ifndef GOOD
    go_recover(NULL, f);
#endif
}

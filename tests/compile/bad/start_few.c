/* SPDX-License-Identifier: MIT */
/* expect: too few arguments */
/* As for go. */
#include <goroutine.h>

static void f(int a)
{
    (void)a;
}

int main(void)
{
    go_join(go_start(f, 1));
#ifndef GOOD
    go_join(go_start(f));
#endif
}

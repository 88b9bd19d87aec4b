/* SPDX-License-Identifier: MIT */
/* expect: jump into scope|jump bypasses|cannot jump from this goto */
/* A jump must not lead over a deferred call into its block. */
#include <goroutine.h>

static void f(void)
{
}

int main(int argc, char **argv)
{
    (void)argv;
#ifndef GOOD
    if (argc > 1)
        goto out;
#endif
    go_defer(f);
    if (argc > 2)
        goto out;
    return 1;
out:
    return 0;
}

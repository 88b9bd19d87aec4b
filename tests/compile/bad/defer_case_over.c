/* SPDX-License-Identifier: MIT */
/* expect: switch jumps into scope|cannot jump from switch */
/* Nor must a case. */
#include <goroutine.h>

static void f(void)
{
}

int main(int argc, char **argv)
{
    (void)argv;
    switch (argc) {
    case 1:;
        go_defer(f);
        return 1;
#ifndef GOOD
    case 2:
        return 2;
#endif
    }
    return 0;
}

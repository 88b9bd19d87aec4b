/* SPDX-License-Identifier: MIT */
/* expect: ignoring return value|unused-result */
/* A handle that nobody keeps is a goroutine that nobody can join: -Werror says so. */
#pragma GCC diagnostic error "-Wunused-result"
#include <goroutine.h>

static void f(void)
{
}

int main(void)
{
    go_join(go_start(f));
#ifndef GOOD
    go_start(f);
#endif
}

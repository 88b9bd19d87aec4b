/* SPDX-License-Identifier: MIT */
/* go_panic: the text is formatted, then the trace follows. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_panic("%d of %d pistons %s", 3, 4, "moved");
}

int main(void)
{
    misuse();
    return 0;
}

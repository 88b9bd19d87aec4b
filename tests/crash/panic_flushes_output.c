/* SPDX-License-Identifier: MIT */
/* What was printed before a panic is not lost in a buffer, and a panic while
 * others print does not hang. */
#include <goroutine.h>
#include <stdio.h>

static void print(void)
{
    for (;;) {
        printf(".");
        go_yield();
    }
}

int main(void)
{
    for (int i = 0; i < 4; i++)
        go(print);
    go_sleep(5 * GO_MILLISECOND);
    go_panic("done");
}

/* SPDX-License-Identifier: MIT */
/* Go: a negative Add below zero. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 3);
    go_waitgroup_add(&wg, -4);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

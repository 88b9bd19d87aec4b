/* SPDX-License-Identifier: MIT */
/* Go: one Done too many. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 1);
    go_waitgroup_done(&wg);
    go_waitgroup_done(&wg);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

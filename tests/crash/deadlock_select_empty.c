/* SPDX-License-Identifier: MIT */
/* Go: a select without cases waits for ever. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_select_cases(NULL, 0);
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

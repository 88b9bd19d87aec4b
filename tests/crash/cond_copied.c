/* SPDX-License-Identifier: MIT */
/* Go: a condition must not be copied after its first use. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_cond a = { 0 };
    go_cond_signal(&a);
    go_cond_broadcast(&a);
    go_cond b = a;
    go_cond_signal(&b);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

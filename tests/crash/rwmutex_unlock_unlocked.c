/* SPDX-License-Identifier: MIT */
/* Go: a writer's unlock without a writer. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_rwmutex m = { 0 };
    go_rwmutex_unlock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

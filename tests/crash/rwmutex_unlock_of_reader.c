/* SPDX-License-Identifier: MIT */
/* Go: a reader's lock is not a writer's. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_rwmutex m = { 0 };
    go_rwmutex_rlock(&m);
    go_rwmutex_unlock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

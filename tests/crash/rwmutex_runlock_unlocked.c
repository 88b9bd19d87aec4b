/* SPDX-License-Identifier: MIT */
/* Go: one reader's unlock too many. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_rwmutex m = { 0 };
    go_rwmutex_rlock(&m);
    go_rwmutex_runlock(&m);
    go_rwmutex_runlock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

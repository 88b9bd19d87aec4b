/* SPDX-License-Identifier: MIT */
/* Go: a writer waits for a reader, itself. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_rwmutex m = { 0 };
    go_rwmutex_rlock(&m);
    go_rwmutex_lock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

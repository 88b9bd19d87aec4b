/* SPDX-License-Identifier: MIT */
/* Go: unlocking a mutex that is not locked. */
#include <goroutine.h>

static __attribute__((noinline)) void misuse(void)
{
    go_mutex m = { 0 };
    go_mutex_lock(&m);
    go_mutex_unlock(&m);
    go_mutex_unlock(&m);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

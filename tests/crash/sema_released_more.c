/* SPDX-License-Identifier: MIT */
/* Go, x/sync/semaphore: releasing more than was acquired panics. */
#include <goroutine.h>

static go_sema sema = GO_SEMA_INIT(3);

static __attribute__((noinline)) void misuse(void)
{
    go_sema_acquire(&sema, 2);
    go_sema_release(&sema, 3);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

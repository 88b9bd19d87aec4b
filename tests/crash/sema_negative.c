/* SPDX-License-Identifier: MIT */
/* A negative weight would be the opposite operation. */
#include <goroutine.h>

static go_sema sema = GO_SEMA_INIT(3);

static __attribute__((noinline)) void misuse(void)
{
    go_sema_acquire(&sema, -1);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    misuse();
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* Go: a WaitGroup that nobody will ever finish. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 1);
    go_waitgroup_wait(&wg);
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

/* SPDX-License-Identifier: MIT */
/* Go: a condition that nobody will ever announce. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_mutex m = { 0 };
    go_cond c = { 0 };
    go_mutex_lock(&m);
    go_cond_wait(&c, &m);
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

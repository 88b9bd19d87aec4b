/* SPDX-License-Identifier: MIT */
/* Go: a send that nobody will ever receive. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_chan(int) c = go_make(int, 1);
    go_send(c, 1);
    go_send(c, 2);
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

/* SPDX-License-Identifier: MIT */
/* Go: a send on a nil channel waits for ever. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_chan(int) c = NULL;
    go_send(c, 1);
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

/* SPDX-License-Identifier: MIT */
/* Go: a select that nobody will ever meet. */
#include <goroutine.h>

static __attribute__((noinline)) int wait_for_ever(void)
{
    go_chan(int) c = go_make(int, 0);
    go_select(go_on_send(c, 1), go_on_recv(c, NULL));
    __asm__ volatile(""); /* no tail call: the frame stays */
    return 1;
}

int main(void)
{
    return wait_for_ever();
}

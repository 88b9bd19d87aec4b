/* SPDX-License-Identifier: MIT */
/* Go: closing twice panics. */
#include <goroutine.h>

static __attribute__((noinline)) void close_twice(go_chan(int) c)
{
    go_close(c);
    go_close(c);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    close_twice(c);
    return 0;
}

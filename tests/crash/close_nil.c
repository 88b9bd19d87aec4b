/* SPDX-License-Identifier: MIT */
/* Go: closing a nil channel panics. */
#include <goroutine.h>

static __attribute__((noinline)) void close_nothing(go_chan(int) c)
{
    go_close(c);
    __asm__ volatile(""); /* no tail call: the frame stays */
}

int main(void)
{
    close_nothing(NULL);
    return 0;
}

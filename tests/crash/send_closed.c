/* SPDX-License-Identifier: MIT */
/* Go: a send on a closed channel panics; the trace names who did it and where. */
#include <goroutine.h>

static __attribute__((noinline)) void send_late(go_chan(int) c)
{
    go_send(c, 1);
}

int main(void)
{
    go_chan(int) c = go_make(int, 1);
    go_close(c);
    send_late(c);
    go_drop(c);
}

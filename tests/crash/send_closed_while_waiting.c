/* SPDX-License-Identifier: MIT */
/* Go: a sender that waits while its channel is closed panics, and the trace is
 * the sender's, with where it was made. */
#include <goroutine.h>

static __attribute__((noinline)) void waiting_sender(go_chan(int) c)
{
    go_send(c, 1);
    go_yield();
}

static __attribute__((noinline)) void start_sender(go_chan(int) c)
{
    go(waiting_sender, c);
    go_yield();
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    start_sender(c);
    go_sleep(5 * GO_MILLISECOND);
    go_close(c);
    go_sleep(10 * GO_SECOND);
    return 0;
}

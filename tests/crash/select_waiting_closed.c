/* SPDX-License-Identifier: MIT */
/* Go: a select that waits to send on a channel while it is closed panics. */
#include <goroutine.h>

static __attribute__((noinline)) void waiting_select(go_chan(int) c, go_chan(int) never)
{
    int k = go_select(go_on_send(c, 1), go_on_recv(never, NULL), go_on_timeout(GO_MINUTE));
    go_send(never, k);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_chan(int) never = go_make(int, 0);
    go(waiting_select, c, never);
    go_sleep(5 * GO_MILLISECOND);
    go_close(c);
    go_sleep(10 * GO_SECOND);
    return 0;
}

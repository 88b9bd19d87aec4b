/* SPDX-License-Identifier: MIT */
/* Go: a select that chooses a send on a closed channel panics. */
#include <goroutine.h>

static __attribute__((noinline)) int choose(go_chan(int) closed, go_chan(int) never)
{
    return go_select(go_on_recv(never, NULL), go_on_send(closed, 1));
}

int main(void)
{
    go_chan(int) closed = go_make(int, 0);
    go_chan(int) never = go_make(int, 0);
    go_close(closed);
    return choose(closed, never) + 1;
}

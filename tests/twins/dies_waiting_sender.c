/* SPDX-License-Identifier: MIT */
/* A sender that waits when the channel is closed panics; so does one that comes
 * later, so it does not matter which this is. */
#include <goroutine.h>
#include <stdio.h>

static void sender(go_chan(int) c)
{
    go_send(c, 1);
    printf("first value taken\n");
    go_send(c, 2);
    printf("never printed\n");
}

int main(void)
{
    go_chan(int) c = go_make(int, 0), never = go_make(int, 0);
    go(sender, c);
    go_recv(c, NULL);
    go_yield();
    go_close(c);
    go_recv(never, NULL);
}

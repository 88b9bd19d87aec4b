/* SPDX-License-Identifier: MIT */
/* The result of a receive tells a value from the end, even when the value is
 * zero. */
#include <goroutine.h>
#include <stdio.h>

static void send_zeros(go_chan(int) c)
{
    go_send(c, 0);
    go_send(c, 7);
    go_send(c, 0);
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(send_zeros, c);

    for (int i = 0; i < 5; i++) {
        int v;
        bool ok = go_recv(c, &v);
        printf("value %d ok %s\n", v, ok ? "true" : "false");
    }
    go_drop(c);
}

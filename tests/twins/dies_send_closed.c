/* SPDX-License-Identifier: MIT */
/* Sending on a closed channel panics, although there is room; what was sent before
 * the close is received. */
#include <goroutine.h>
#include <stdio.h>

int main(void)
{
    go_chan(int) c = go_make(int, 4);
    go_send(c, 1);
    go_send(c, 2);
    go_close(c);
    int v;
    go_recv(c, &v);
    printf("received %d\n", v);
    go_send(c, 3);
    printf("never printed\n");
}

/* SPDX-License-Identifier: MIT */
/* The same channel in several cases, and as both ends of a buffer. */
#include <goroutine.h>
#include <stdio.h>

static void send_all(go_chan(int) c, int n)
{
    for (int i = 1; i <= n; i++)
        go_send(c, i);
    go_close(c);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go(send_all, c, 100);
    int x, y, z, sum = 0;
    for (bool open = true; open;) {
        switch (go_select(go_on_recv(c, &x), go_on_recv(c, &y), go_on_recv(c, &z))) {
        case 0:
            sum += x;
            break;
        case 1:
            sum += y;
            break;
        case 2:
            sum += z;
            break;
        }
        open = go_selected_ok();
    }
    printf("sum %d\n", sum);
    go_drop(c);

    /* Empty it can only be sent to, full only received from. */
    go_chan(int) one = go_make(int, 1);
    for (int i = 0; i < 6; i++) {
        int v;
        switch (go_select(go_on_send(one, i), go_on_recv(one, &v))) {
        case 0:
            printf("put %d\n", i);
            break;
        case 1:
            printf("took %d\n", v);
            break;
        }
    }
    go_drop(one);
}

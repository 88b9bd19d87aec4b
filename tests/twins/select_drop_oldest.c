/* SPDX-License-Identifier: MIT */
/* A queue that never makes its writer wait: when it is full the oldest item is
 * thrown away. */
#include <goroutine.h>
#include <stdio.h>

static void put(go_chan(int) q, int v, int *dropped)
{
    while (go_select(go_on_send(q, v), go_default()) != 0) {
        int old;
        if (go_select(go_on_recv(q, &old), go_default()) == 0) {
            printf("no room for %d: dropped %d\n", v, old);
            ++*dropped;
        }
    }
}

int main(void)
{
    go_chan(int) q = go_make(int, 4);
    int dropped = 0;
    for (int v = 1; v <= 7; v++)
        put(q, v, &dropped);
    int v;
    go_recv(q, &v);
    printf("read %d\n", v);
    for (v = 8; v <= 9; v++)
        put(q, v, &dropped);
    go_close(q);
    go_range (rest, q)
        printf("left %d\n", rest);
    printf("dropped in all %d\n", dropped);
    go_drop(q);
}

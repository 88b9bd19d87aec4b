/* SPDX-License-Identifier: MIT */
/* Several receivers share one channel; every value reaches exactly one. */
#include <goroutine.h>
#include <stdio.h>

enum { RECEIVERS = 3, VALUES = 100 };

static void receiver(go_chan(int) c, int *got)
{
    go_range (v, c)
        got[v]++; /* no lock: nobody else received this v */
}

int main(void)
{
    go_chan(int) c = go_make(int, 8);
    int got[VALUES] = { 0 };
    go_waitgroup wg = { 0 };
    for (int i = 0; i < RECEIVERS; i++)
        go_waitgroup_go(&wg, receiver, c, got);
    for (int v = 0; v < VALUES; v++)
        go_send(c, v);
    go_close(c);
    go_waitgroup_wait(&wg);

    int once = 0;
    for (int v = 0; v < VALUES; v++)
        once += got[v] == 1;
    printf("sent %d received once %d\n", VALUES, once);
    go_drop(c);
}

/* SPDX-License-Identifier: MIT */
/* A select with a default never waits. */
#include <goroutine.h>
#include <stdio.h>

static void put(go_chan(int) c, int v)
{
    switch (go_select(go_on_send(c, v), go_default())) {
    case 0:
        printf("put %d\n", v);
        break;
    case 1:
        printf("no room for %d\n", v);
        break;
    }
}

static void take(go_chan(int) c)
{
    int v;
    switch (go_select(go_on_recv(c, &v), go_default())) {
    case 0:
        printf("took %d %s\n", v, go_selected_ok() ? "true" : "false");
        break;
    case 1:
        printf("nothing there\n");
        break;
    }
}

int main(void)
{
    go_chan(int) c = go_make(int, 2);
    take(c);
    put(c, 1);
    put(c, 2);
    put(c, 3);
    take(c);
    take(c);
    take(c);
    go_close(c);
    take(c);
    go_drop(c);
}

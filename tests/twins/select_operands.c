/* SPDX-License-Identifier: MIT */
/* Channels and values of a select are evaluated once, in the order of the source,
 * before anything is chosen: also those of cases that are not. */
#include <goroutine.h>
#include <stdio.h>

static go_chan(int) channel(const char *name, go_chan(int) c)
{
    printf("channel %s\n", name);
    return c;
}

static int value(int v)
{
    printf("value %d\n", v);
    return v;
}

int main(void)
{
    go_chan(int) full = go_make(int, 1), empty = go_make(int, 1), nil = NULL;
    go_send(full, 7);
    int v;
    switch (go_select(go_on_send(channel("full", full), value(1)),
                      go_on_recv(channel("empty", empty), &v),
                      go_on_send(channel("nil", nil), value(2)),
                      go_on_recv(channel("full", full), &v), go_default())) {
    case 3:
        printf("received %d\n", v);
        break;
    default:
        printf("wrong\n");
    }
    switch (go_select(go_on_send(channel("empty", empty), value(3)),
                      go_on_recv(channel("full", full), &v))) {
    case 0:
        go_recv(empty, &v);
        printf("sent %d\n", v);
        break;
    default:
        printf("wrong\n");
    }
    go_drop(full);
    go_drop(empty);
}

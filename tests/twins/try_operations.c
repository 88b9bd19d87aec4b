/* SPDX-License-Identifier: MIT */
/* Sends and receives that do not wait say why they did nothing. */
#include <goroutine.h>
#include <stdio.h>

static void try_send(const char *what, go_chan(int) c, int v)
{
    printf("%s: send %d %s\n", what, v, go_try_send(c, v) == 0 ? "done" : "would wait");
}

static void try_recv(const char *what, go_chan(int) c)
{
    int v;
    switch (go_try_recv(c, &v)) {
    case 0:
        printf("%s: received %d\n", what, v);
        break;
    case -EPIPE:
        printf("%s: closed, %d\n", what, v);
        break;
    default:
        printf("%s: receive would wait\n", what);
    }
}

int main(void)
{
    go_chan(int) nil = NULL;
    try_send("nil", nil, 1);
    try_recv("nil", nil);

    go_chan(int) none = go_make(int, 0);
    try_send("unbuffered", none, 1);
    try_recv("unbuffered", none);
    go_close(none);
    try_recv("unbuffered", none);
    go_drop(none);

    go_chan(int) c = go_make(int, 2);
    for (int v = 1; v <= 3; v++)
        try_send("buffered", c, v);
    try_recv("buffered", c);
    go_close(c);
    try_recv("buffered", c);
    try_recv("buffered", c);
    go_drop(c);
}

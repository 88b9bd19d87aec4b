/* SPDX-License-Identifier: MIT */
/* Length and capacity of a channel through its life, and of the nil channel. */
#include <goroutine.h>
#include <stdio.h>

static void show(const char *when, go_chan(double) c)
{
    printf("%s: %zu of %zu\n", when, go_len(c), go_cap(c));
}

int main(void)
{
    go_chan(double) nil = NULL;
    show("nil", nil);
    go_chan(double) none = go_make(double, 0);
    show("unbuffered", none);
    go_close(none);
    show("unbuffered, closed", none);
    go_drop(none);

    go_chan(double) c = go_make(double, 3);
    show("new", c);
    go_send(c, 1.5);
    go_send(c, 2.5);
    show("two in", c);
    go_close(c);
    show("closed", c);
    go_recv(c, NULL);
    show("one out", c);
    go_recv(c, NULL);
    show("drained", c);
    go_recv(c, NULL);
    show("received from the closed", c);
    go_drop(c);
}

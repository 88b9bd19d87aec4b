/* SPDX-License-Identifier: MIT */
/* Closing a channel twice panics, also from two goroutines. */
#include <goroutine.h>
#include <stdio.h>

static void close_it(go_chan(int) c, go_chan(char) done)
{
    go_close(c);
    go_send(done, 1);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_chan(char) done = go_make(char, 0);
    go(close_it, c, done);
    go_recv(done, NULL);
    printf("closed once\n");
    go(close_it, c, done);
    go_recv(done, NULL);
    printf("never printed\n");
}

/* SPDX-License-Identifier: MIT */
/* Pattern: an unbuffered channel used as a variable: a send, and the receive after it, in
 * one goroutine.
 * Report: main, sending. */
#include "corpus.h"

static int exchange(go_chan(int) c, int v)
{
    int out = 0;
    go_send(c, v);
    go_recv(c, &out);
    return out;
}

int main(void)
{
    return exchange(go_make(int, 0), 1);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: parent and child shake hands in two steps and disagree about the order.
 * Report: main receiving, the child receiving. */
#include "corpus.h"

static void child(go_chan(int) ready, go_chan(int) start)
{
    go_recv(start, NULL);
    go_send(ready, 0);
}

int main(void)
{
    go_chan(int) ready = go_make(int, 0), start = go_make(int, 0);
    go(child, ready, start);
    go_recv(ready, NULL);
    go_send(start, 0);
}

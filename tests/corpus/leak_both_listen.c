/* SPDX-License-Identifier: MIT */
/* Pattern: two peers, each waiting for the other to speak first.
 * Report: both, receiving. */
#include "corpus.h"

static void peer(go_chan(int) in, go_chan(int) out)
{
    int v;
    go_recv(in, &v);
    go_send(out, v + 1);
}

static corpus_part void connect_peers(void)
{
    go_chan(int) a = go_make(int, 0), b = go_make(int, 0);
    go(peer, a, b);
    go(peer, b, a);
}

int main(void)
{
    connect_peers();
    corpus_leaks(2);
}

/* SPDX-License-Identifier: MIT */
/* A token goes round a ring of goroutines and loses one at every hop. */
#include <goroutine.h>
#include <stdio.h>

enum { NODES = 100 };

static void node(int id, go_chan(int) in, go_chan(int) out, go_chan(int) winner)
{
    go_range (token, in) {
        if (token == 0)
            go_send(winner, id);
        else
            go_send(out, token - 1);
    }
}

int main(void)
{
    go_chan(int) ring[NODES];
    for (int i = 0; i < NODES; i++)
        ring[i] = go_make(int, 0);
    go_chan(int) winner = go_make(int, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < NODES; i++)
        go_waitgroup_go(&wg, node, i, ring[i], ring[(i + 1) % NODES], winner);

    static const int hops[] = { 0, 1, 99, 100, 1234, 5678 };
    for (size_t i = 0; i < sizeof hops / sizeof *hops; i++) {
        int id;
        go_send(ring[0], hops[i]);
        go_recv(winner, &id);
        printf("after %d hops the token is at node %d\n", hops[i], id);
    }
    for (int i = 0; i < NODES; i++)
        go_close(ring[i]);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < NODES; i++)
        go_drop(ring[i]);
    go_drop(winner);
}

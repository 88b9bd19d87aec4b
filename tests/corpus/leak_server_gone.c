/* SPDX-License-Identifier: MIT */
/* Pattern: requests carry the channel for their reply; the server ends with a request
 * still in its queue.
 * Report: the client, receiving. */
#include "corpus.h"

struct request {
    int n;
    go_chan(int) reply;
};

enum { QUIT = -1 };

static void server(go_chan(struct request) in)
{
    struct request r;
    while (go_recv(in, &r) && r.n != QUIT)
        go_send(r.reply, 2 * r.n);
    go_drop(in);
}

static void client(go_chan(struct request) to)
{
    int v = 0;
    go_chan(int) reply = go_make(int, 1);
    go_send(to, ((struct request){ QUIT, NULL })); /* somebody stops it just before */
    go_send(to, ((struct request){ 21, reply }));
    go_drop(to);
    go_recv(reply, &v);
    exit(v);
}

static corpus_part void run(void)
{
    go_chan(struct request) c = go_make(struct request, 4);
    go(client, go_hold(c));
    go(server, c);
}

int main(void)
{
    run();
    corpus_leaks(1);
}

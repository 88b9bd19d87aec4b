/* SPDX-License-Identifier: MIT */
/* Pattern: a request with a time limit; the worker sends its reply to an unbuffered
 * channel after the caller has gone.  Room for one element would be enough.
 * Report: the worker, sending. */
#include "corpus.h"

static void fetch(go_chan(int) begin, go_chan(int) reply)
{
    go_recv(begin, NULL); /* it takes longer than the caller waits */
    go_send(reply, 200);
}

static corpus_part bool request(go_chan(int) begin)
{
    int status;
    go_chan(int) reply = go_make(int, 0);
    go(fetch, begin, reply);
    return go_select(go_on_recv(reply, &status), go_on_timeout(GO_MILLISECOND)) == 0;
}

static corpus_part void run(void)
{
    go_chan(int) begin = go_make(int, 1);
    if (request(begin))
        exit(1);
    go_send(begin, 0);
}

int main(void)
{
    run();
    corpus_leaks(1);
}

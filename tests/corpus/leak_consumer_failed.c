/* SPDX-License-Identifier: MIT */
/* Pattern: the consumer of a buffered channel ends on an error; the buffer hides it until
 * it is full.
 * Report: the producer, sending. */
#include "corpus.h"

static void consume(go_chan(int) in)
{
    int v;
    while (go_recv(in, &v) && v != 3)
        ;
    go_drop(in);
}

static void produce(go_chan(int) out)
{
    for (int i = 0; i < 100; i++)
        go_send(out, i);
    go_close(out);
    go_drop(out);
}

static corpus_part void run(void)
{
    go_chan(int) c = go_make(int, 8);
    go(consume, go_hold(c));
    go(produce, c);
}

int main(void)
{
    corpus_at_exit();
    run();
    corpus_wait_leaked(1);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: a parent waits for the end of a child; the child waits for a message that only
 * the parent could send.
 * Report: both, the parent in its join. */
#include "corpus.h"

static void child(go_chan(int) orders)
{
    go_recv(orders, NULL);
    go_drop(orders);
}

static void parent(void)
{
    go_chan(int) orders = go_make(int, 0);
    go_join(go_start(child, go_hold(orders)));
    go_send(orders, 0); /* too late */
    go_drop(orders);
}

static corpus_part void run(void)
{
    go(parent);
}

int main(void)
{
    run();
    corpus_leaks(2);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: a loop over the ticks of a ticker; stopping the ticker does not close its
 * channel.
 * Report: the loop, receiving. */
#include "corpus.h"

struct poller {
    go_ticker *ticker;
    go_chan(int) ticked;
};

static void poll_loop(struct poller *p)
{
    go_range (now, go_ticker_chan(p->ticker)) {
        (void)now;
        (void)!go_try_send(p->ticked, 0);
    }
}

static void stop_later(struct poller *p)
{
    go_recv(p->ticked, NULL);
    go_ticker_stop(p->ticker);
}

static corpus_part void run(void)
{
    struct poller *p = calloc(1, sizeof *p);
    p->ticker = go_ticker_new(GO_MILLISECOND);
    p->ticked = go_make(int, 1);
    go(poll_loop, p);
    go(stop_later, p);
}

int main(void)
{
    run();
    corpus_leaks(1);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: one goroutine sends with a lock held; the receiver wants that lock before it
 * receives.
 * Report: the sender and the locker. */
#include "corpus.h"

struct hub {
    go_mutex mu;
    go_chan(int) updates;
    go_chan(int) locked;
    int last;
};

static void publish(struct hub *h)
{
    go_mutex_lock(&h->mu);
    go_close(h->locked);
    go_send(h->updates, h->last);
    go_mutex_unlock(&h->mu);
}

static void consume(struct hub *h)
{
    int v;
    go_recv(h->locked, NULL);
    go_mutex_lock(&h->mu);
    go_recv(h->updates, &v);
    h->last = v;
    go_mutex_unlock(&h->mu);
}

static corpus_part void run(void)
{
    struct hub *h = calloc(1, sizeof *h);
    h->updates = go_make(int, 0);
    h->locked = go_make(int, 0);
    go(publish, h);
    go(consume, h);
}

int main(void)
{
    corpus_at_exit();
    run();
    corpus_wait_leaked(2);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: an object with a goroutine behind it and a stop function that its user does
 * not call on every way; the object is freed, the goroutine stays.
 * Report: the goroutine, in its select. */
#include "corpus.h"

struct queue {
    go_chan(int) items, stop;
    int handled;
};

static void serve(go_chan(int) items, go_chan(int) stop)
{
    int item;
    while (go_select(go_on_recv(items, &item), go_on_recv(stop, NULL)) == 0)
        ;
}

static struct queue *queue_start(void)
{
    struct queue *q = calloc(1, sizeof *q);
    q->items = go_make(int, 0);
    q->stop = go_make(int, 0);
    go(serve, q->items, q->stop);
    return q;
}

static void queue_stop(struct queue *q)
{
    go_close(q->stop);
    free(q);
}

static corpus_part void use_queue(bool fails)
{
    struct queue *q = queue_start();
    go_send(q->items, 1);
    if (fails)
        free(q); /* instead of queue_stop */
    else
        queue_stop(q);
}

int main(void)
{
    use_queue(false);
    use_queue(true);
    corpus_leaks(1);
}

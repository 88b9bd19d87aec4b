/* SPDX-License-Identifier: MIT */
/* Pattern: a bounded queue with two conditions; the taker announces "not empty" where it
 * should announce "not full".
 * Report: main, waiting for "not full". */
#include "corpus.h"

enum { ROOM = 2 };

struct queue {
    go_mutex mu;
    go_cond not_empty, not_full;
    int n;
};

static void put(struct queue *q)
{
    go_mutex_lock(&q->mu);
    while (q->n == ROOM)
        go_cond_wait(&q->not_full, &q->mu);
    q->n++;
    go_cond_signal(&q->not_empty);
    go_mutex_unlock(&q->mu);
}

static void take(struct queue *q)
{
    go_mutex_lock(&q->mu);
    while (q->n == 0)
        go_cond_wait(&q->not_empty, &q->mu);
    q->n--;
    go_cond_signal(&q->not_empty);
    go_mutex_unlock(&q->mu);
}

static void taker(struct queue *q)
{
    for (;;)
        take(q);
}

int main(void)
{
    struct queue q = { .n = ROOM };
    go(taker, &q);
    put(&q);
    put(&q);
    go_mutex_lock(&q.mu);
    while (q.n > 0) /* until it has been emptied */
        go_cond_wait(&q.not_full, &q.mu);
    go_mutex_unlock(&q.mu);
}

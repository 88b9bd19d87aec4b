/* SPDX-License-Identifier: MIT */
/* A bounded queue from a mutex and two conditions. */
#include <goroutine.h>
#include <stdio.h>

enum { ROOM = 4 };

struct queue {
    go_mutex mu;
    go_cond not_full, not_empty;
    int items[ROOM];
    int head, n;
};

static void put(struct queue *q, int v)
{
    go_with_lock (&q->mu) {
        while (q->n == ROOM)
            go_cond_wait(&q->not_full, &q->mu);
        q->items[(q->head + q->n++) % ROOM] = v;
        go_cond_signal(&q->not_empty);
    }
}

static int take(struct queue *q)
{
    go_with_lock (&q->mu) {
        while (q->n == 0)
            go_cond_wait(&q->not_empty, &q->mu);
        int v = q->items[q->head];
        q->head = (q->head + 1) % ROOM;
        q->n--;
        go_cond_signal(&q->not_full);
        return v; /* leaving the block unlocks */
    }
    __builtin_unreachable();
}

static void producer(struct queue *q, int p)
{
    for (int i = 1; i <= 50; i++)
        put(q, p * 50 + i);
}

static void consumer(struct queue *q, int *sum)
{
    for (int i = 0; i < 100; i++)
        *sum += take(q);
}

int main(void)
{
    struct queue q = { 0 };
    go_waitgroup wg = { 0 };
    int sums[2] = { 0 };
    for (int p = 0; p < 4; p++)
        go_waitgroup_go(&wg, producer, &q, p);
    for (int c = 0; c < 2; c++)
        go_waitgroup_go(&wg, consumer, &q, &sums[c]);
    go_waitgroup_wait(&wg);
    printf("sum %d left %d\n", sums[0] + sums[1], q.n);
}

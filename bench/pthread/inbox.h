/* SPDX-License-Identifier: MIT */
/* What stands for a select among threads: a receiver with a box for each sender, who waits
 * until the receiver has taken what it put there.  The receiver looks from the box after the
 * last one on, so that none is passed over. */
#ifndef BENCH_PTHREAD_INBOX_H
#define BENCH_PTHREAD_INBOX_H

#include "threads.h"

#include <semaphore.h>
#include <stdbool.h>

struct inbox_box {
    struct inbox *in;
    sem_t taken;
    long value;
    bool full;
};

/* The mutex guards the boxes, too. */
struct inbox {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    bool waiting;
    int boxes, next;
    struct inbox_box *box;
};

static inline void inbox_init(struct inbox *in, int boxes)
{
    *in = (struct inbox){ .boxes = boxes, .box = calloc((size_t)boxes, sizeof *in->box) };
    if (!in->box)
        report_fail("out of memory");
    pthread_mutex_init(&in->lock, NULL);
    pthread_cond_init(&in->filled, NULL);
    for (int i = 0; i < boxes; i++) {
        in->box[i].in = in;
        sem_init(&in->box[i].taken, 0, 0);
    }
}

static inline void inbox_send(struct inbox_box *b, long value)
{
    pthread_mutex_lock(&b->in->lock);
    b->value = value;
    b->full = true;
    bool waiting = b->in->waiting;
    b->in->waiting = false;
    pthread_mutex_unlock(&b->in->lock);
    if (waiting)
        pthread_cond_signal(&b->in->filled);
    while (sem_wait(&b->taken) != 0)
        ;
}

static inline struct inbox_box *inbox_find(struct inbox *in)
{
    for (int looked = 0; looked < in->boxes; looked++) {
        struct inbox_box *b = &in->box[in->next];
        in->next = in->next + 1 < in->boxes ? in->next + 1 : 0;
        if (b->full)
            return b;
    }
    return NULL;
}

static inline long inbox_receive(struct inbox *in)
{
    struct inbox_box *b;
    pthread_mutex_lock(&in->lock);
    while (!(b = inbox_find(in))) {
        in->waiting = true;
        pthread_cond_wait(&in->filled, &in->lock);
    }
    long value = b->value;
    b->full = false;
    pthread_mutex_unlock(&in->lock);
    sem_post(&b->taken);
    return value;
}

struct inbox_sender {
    struct inbox_box *box;
    long n;
    pthread_t thread;
};

static inline void *inbox_send_all(void *arg)
{
    const struct inbox_sender *s = arg;
    for (long i = 0; i < s->n; i++)
        inbox_send(s->box, i);
    return NULL;
}

/* inbox_measure - n values in all, by one sender for each box. */
static inline void inbox_measure(const char *name, int boxes, long n)
{
    struct inbox in;
    struct inbox_sender *sender = calloc((size_t)boxes, sizeof *sender);
    long each = n / boxes, sum = 0;
    if (!sender)
        report_fail("out of memory");
    inbox_init(&in, boxes);
    struct report_span start = report_start();
    for (int i = 0; i < boxes; i++) {
        sender[i].box = &in.box[i];
        sender[i].n = each;
        sender[i].thread = threads_start(inbox_send_all, &sender[i]);
    }
    for (long i = 0; i < each * boxes; i++)
        sum += inbox_receive(&in);
    report_per_op(name, start, each * boxes);
    if (sum != boxes * (each * (each - 1) / 2))
        report_fail("%s: wrong sum %ld", name, sum);
    for (int i = 0; i < boxes; i++)
        threads_join(&sender[i].thread, 1);
    free(in.box);
    free(sender);
}

#endif

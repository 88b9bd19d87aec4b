/* SPDX-License-Identifier: MIT */
/* A bounded queue of longs between threads, of one place at least: threads have no rendezvous,
 * and where the others use an unbuffered channel one place does the same with fewer wake-ups.
 *
 * A mutex guards it.  Who cannot go on leaves a record, on its stack, and waits for a
 * semaphore in it; who comes later takes the value from there, or puts it there.  Two
 * conditions instead were measured, too: who wakes must take the mutex again and look, which
 * made a round trip dearer by a tenth and an element through one place by a third.
 *
 * Sending into a closed channel is not provided for. */
#ifndef BENCH_PTHREAD_CHANNEL_H
#define BENCH_PTHREAD_CHANNEL_H

#include "threads.h"

#include <semaphore.h>
#include <stdbool.h>

struct channel_waiter {
    struct channel_waiter *next;
    sem_t served;
    long value;
    bool closed; /* served without a value */
};

struct channel_queue {
    struct channel_waiter *first, **last;
};

/* All but the mutex and the capacity belong to who holds the mutex. */
typedef struct channel {
    pthread_mutex_t lock;
    long capacity, count, first;
    struct channel_queue senders, receivers; /* one of them is empty */
    bool closed;
    long buffer[];
} channel;

static inline channel *channel_new(long capacity)
{
    channel *c = calloc(1, sizeof *c + (size_t)capacity * sizeof *c->buffer);
    if (!c)
        report_fail("out of memory");
    pthread_mutex_init(&c->lock, NULL);
    c->capacity = capacity;
    c->senders.last = &c->senders.first;
    c->receivers.last = &c->receivers.first;
    return c;
}

/* channel_free - once all have returned from it. */
static inline void channel_free(channel *c)
{
    pthread_mutex_destroy(&c->lock);
    free(c);
}

/* channel_wait - leaves the mutex. */
static inline void channel_wait(channel *c, struct channel_queue *q, struct channel_waiter *w)
{
    sem_init(&w->served, 0, 0);
    *q->last = w;
    q->last = &w->next;
    pthread_mutex_unlock(&c->lock);
    while (sem_wait(&w->served) != 0)
        ;
    sem_destroy(&w->served);
}

static inline struct channel_waiter *channel_pop(struct channel_queue *q)
{
    struct channel_waiter *w = q->first;
    if (!(q->first = w->next))
        q->last = &q->first;
    return w;
}

/* channel_unlock - and then wake w, which does not run into the mutex that way. */
static inline void channel_unlock(channel *c, struct channel_waiter *w)
{
    pthread_mutex_unlock(&c->lock);
    if (w)
        sem_post(&w->served);
}

static inline void channel_put(channel *c, long value)
{
    long at = c->first + c->count++;
    c->buffer[at < c->capacity ? at : at - c->capacity] = value;
}

static inline long channel_take(channel *c)
{
    long value = c->buffer[c->first];
    c->first = c->first + 1 < c->capacity ? c->first + 1 : 0;
    c->count--;
    return value;
}

static inline void channel_send(channel *c, long value)
{
    pthread_mutex_lock(&c->lock);
    if (c->receivers.first) {
        struct channel_waiter *w = channel_pop(&c->receivers);
        w->value = value;
        channel_unlock(c, w);
    } else if (c->count < c->capacity) {
        channel_put(c, value);
        channel_unlock(c, NULL);
    } else {
        struct channel_waiter me = { .value = value };
        channel_wait(c, &c->senders, &me);
    }
}

/* False, *value 0, once the channel is closed and empty. */
static inline bool channel_receive(channel *c, long *value)
{
    struct channel_waiter *w = NULL, me = { .value = 0 };
    pthread_mutex_lock(&c->lock);
    if (c->count > 0) {
        *value = channel_take(c);
        if (c->senders.first) {
            w = channel_pop(&c->senders);
            channel_put(c, w->value);
        }
        channel_unlock(c, w);
        return true;
    }
    me.closed = c->closed;
    if (c->closed)
        channel_unlock(c, NULL);
    else
        channel_wait(c, &c->receivers, &me);
    *value = me.value;
    return !me.closed;
}

static inline void channel_close(channel *c)
{
    pthread_mutex_lock(&c->lock);
    c->closed = true;
    while (c->receivers.first) {
        struct channel_waiter *w = channel_pop(&c->receivers);
        w->closed = true;
        sem_post(&w->served);
    }
    pthread_mutex_unlock(&c->lock);
}

#endif

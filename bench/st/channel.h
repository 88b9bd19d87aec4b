/* SPDX-License-Identifier: MIT */
/* A channel for State Threads, which has none: of longs, with or without a buffer.
 *
 * All threads of st share one thread of the kernel and switch only where they wait, so that
 * nothing is locked.  Who cannot go on leaves a record, on its stack, and suspends itself; who
 * comes later takes the value from there, or puts it there, and interrupts the owner, who need
 * not look again, nor touch the channel.  A condition costs as much to wait on, but keeps its
 * waiters listed until they have run: a channel could not be freed by who received the last
 * value.
 *
 * Sending into a closed channel is not provided for. */
#ifndef BENCH_ST_CHANNEL_H
#define BENCH_ST_CHANNEL_H

#include "threads.h"

#include <stdbool.h>

struct channel_waiter {
    struct channel_waiter *next;
    st_thread_t thread;
    long value;
    bool served, closed; /* closed: served without a value */
};

struct channel_queue {
    struct channel_waiter *first, **last;
};

typedef struct channel {
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
    c->capacity = capacity;
    c->senders.last = &c->senders.first;
    c->receivers.last = &c->receivers.first;
    return c;
}

static inline void channel_free(channel *c)
{
    if (c->senders.first || c->receivers.first)
        report_fail("a channel is freed that is waited for");
    free(c);
}

static inline void channel_wait(struct channel_queue *q, struct channel_waiter *w)
{
    w->thread = st_thread_self();
    *q->last = w;
    q->last = &w->next;
    while (!w->served)
        st_usleep(ST_UTIME_NO_TIMEOUT);
}

static inline struct channel_waiter *channel_serve(struct channel_queue *q)
{
    struct channel_waiter *w = q->first;
    if (!(q->first = w->next))
        q->last = &q->first;
    w->served = true;
    st_thread_interrupt(w->thread);
    return w;
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
    if (c->receivers.first) {
        channel_serve(&c->receivers)->value = value;
    } else if (c->count < c->capacity) {
        channel_put(c, value);
    } else {
        struct channel_waiter w = { .value = value };
        channel_wait(&c->senders, &w);
    }
}

/* False, *value 0, once the channel is closed and empty. */
static inline bool channel_receive(channel *c, long *value)
{
    if (c->count > 0) {
        *value = channel_take(c);
        if (c->senders.first)
            channel_put(c, channel_serve(&c->senders)->value);
    } else if (c->senders.first) {
        *value = channel_serve(&c->senders)->value;
    } else {
        struct channel_waiter w = { .closed = c->closed };
        if (!c->closed)
            channel_wait(&c->receivers, &w);
        *value = w.value;
        return !w.closed;
    }
    return true;
}

static inline void channel_close(channel *c)
{
    c->closed = true;
    while (c->receivers.first)
        channel_serve(&c->receivers)->closed = true;
}

#endif

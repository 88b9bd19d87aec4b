/* SPDX-License-Identifier: MIT */
/* Round trips with a thread that sends back what it gets, one more. */
#ifndef BENCH_PTHREAD_ECHO_H
#define BENCH_PTHREAD_ECHO_H

#include "channel.h"

struct echo {
    channel *ping, *pong;
    pthread_t thread;
};

static inline void *echo_all(void *arg)
{
    const struct echo *e = arg;
    long v;
    while (channel_receive(e->ping, &v))
        channel_send(e->pong, v + 1);
    channel_close(e->pong);
    return NULL;
}

static inline void echo_start(struct echo *e)
{
    e->ping = channel_new(1);
    e->pong = channel_new(1);
    e->thread = threads_start(echo_all, e);
}

static inline void echo_trips(struct echo *e, const char *name, long n)
{
    long sum = 0, v;
    for (long i = 0; i < n; i++) {
        channel_send(e->ping, i);
        channel_receive(e->pong, &v);
        sum += v;
    }
    if (sum != n * (n + 1) / 2)
        report_fail("%s: wrong sum %ld", name, sum);
}

static inline void echo_end(struct echo *e)
{
    long v;
    channel_close(e->ping);
    if (channel_receive(e->pong, &v))
        report_fail("an echo of nothing");
    threads_join(&e->thread, 1);
    channel_free(e->ping);
    channel_free(e->pong);
}

#endif

/* SPDX-License-Identifier: MIT */
/* Round trips of two threads over two unbuffered channels; or of many such pairs, which
 * share the count. */
#include "channel.h"

struct pair {
    channel *ping, *pong;
    long n;
    struct group *pairs;
};

static void *echo(void *arg)
{
    struct pair *p = arg;
    long v;
    while (channel_receive(p->ping, &v))
        channel_send(p->pong, v + 1);
    channel_close(p->pong);
    return NULL;
}

static void *run(void *arg)
{
    struct pair *p = arg;
    long sum = 0, v;
    p->ping = channel_new(0);
    p->pong = channel_new(0);
    threads_start(echo, p);
    for (long i = 0; i < p->n; i++) {
        channel_send(p->ping, i);
        channel_receive(p->pong, &v);
        sum += v;
    }
    channel_close(p->ping);
    if (channel_receive(p->pong, &v) || sum != p->n * (p->n + 1) / 2)
        report_fail("pingpong: wrong sum %ld", sum);
    channel_free(p->ping);
    channel_free(p->pong);
    group_done(p->pairs);
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_size(argc, argv, 1), each = report_count(argc, argv) / n;
    struct pair *pair = calloc((size_t)n, sizeof *pair);
    struct group pairs;
    if (!pair)
        report_fail("out of memory");
    threads_init();
    group_init(&pairs);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        pair[i] = (struct pair){ .n = each, .pairs = &pairs };
        pairs.running++;
        threads_start(run, &pair[i]);
    }
    group_wait(&pairs);
    report_per_op("pingpong", start, each * n);
    group_free(&pairs);
    free(pair);
}

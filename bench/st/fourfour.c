/* SPDX-License-Identifier: MIT */
/* Four producers and four consumers through one buffer of 64. */
#include "channel.h"

enum { SIDE = 4 };

static channel *c, *sums;
static struct group producers;

static void *produce(void *arg)
{
    long n = *(long *)arg;
    for (long i = 0; i < n; i++)
        channel_send(c, i);
    group_done(&producers);
    return NULL;
}

static void *consume(void *arg)
{
    long sum = 0, v;
    (void)arg;
    while (channel_receive(c, &v))
        sum += v;
    channel_send(sums, sum);
    return NULL;
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / SIDE, sum = 0, v;
    threads_init();
    c = channel_new(64);
    sums = channel_new(0);
    group_init(&producers);
    struct report_span start = report_start();
    for (int i = 0; i < SIDE; i++) {
        producers.running++;
        threads_start(produce, &each);
        threads_start(consume, NULL);
    }
    group_wait(&producers);
    channel_close(c);
    for (int i = 0; i < SIDE; i++) {
        channel_receive(sums, &v);
        sum += v;
    }
    report_per_op("fourfour", start, each * SIDE);
    if (sum != SIDE * (each * (each - 1) / 2))
        report_fail("fourfour: wrong sum %ld", sum);
    channel_free(c);
    channel_free(sums);
    group_free(&producers);
}

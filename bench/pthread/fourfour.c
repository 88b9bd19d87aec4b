/* SPDX-License-Identifier: MIT */
/* Four producers and four consumers through one buffer of 64. */
#include "channel.h"

enum { SIDE = 4 };

static channel *c;

static void *produce(void *arg)
{
    long n = *(long *)arg;
    for (long i = 0; i < n; i++)
        channel_send(c, i);
    return NULL;
}

static void *consume(void *arg)
{
    long sum = 0, v;
    while (channel_receive(c, &v))
        sum += v;
    *(long *)arg = sum;
    return NULL;
}

int main(int argc, char **argv)
{
    long each = report_count(argc, argv) / SIDE, sum = 0, part[SIDE];
    pthread_t producer[SIDE], consumer[SIDE];
    threads_init();
    c = channel_new(64);
    struct report_span start = report_start();
    for (int i = 0; i < SIDE; i++) {
        producer[i] = threads_start(produce, &each);
        consumer[i] = threads_start(consume, &part[i]);
    }
    threads_join(producer, SIDE);
    channel_close(c);
    threads_join(consumer, SIDE);
    for (int i = 0; i < SIDE; i++)
        sum += part[i];
    report_per_op("fourfour", start, each * SIDE);
    if (sum != SIDE * (each * (each - 1) / 2))
        report_fail("fourfour: wrong sum %ld", sum);
    channel_free(c);
}

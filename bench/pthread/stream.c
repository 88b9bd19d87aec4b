/* SPDX-License-Identifier: MIT */
/* One producer and one consumer through a buffer: of 1, of 16, of 128. */
#include "channel.h"

struct stream {
    channel *c;
    long n;
};

static void *produce(void *arg)
{
    struct stream *s = arg;
    for (long i = 0; i < s->n; i++)
        channel_send(s->c, i);
    channel_close(s->c);
    return NULL;
}

static void measure(const char *name, int capacity, long n)
{
    struct stream s = { channel_new(capacity), n };
    long sum = 0, v;
    struct report_span start = report_start();
    pthread_t t = threads_start(produce, &s);
    while (channel_receive(s.c, &v))
        sum += v;
    report_per_op(name, start, n);
    if (sum != n * (n - 1) / 2)
        report_fail("%s: wrong sum %ld", name, sum);
    threads_join(&t, 1);
    channel_free(s.c);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    measure("stream.1", 1, n);
    measure("stream.16", 16, n);
    measure("stream.128", 128, n);
}

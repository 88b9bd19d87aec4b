/* SPDX-License-Identifier: MIT */
/* The concurrent prime sieve: a chain of filters, one for each prime found. */
#include "channel.h"

#include <limits.h>

struct filter {
    channel *in, *out;
    long prime;
};

static void *generate(void *out)
{
    for (long i = 2; i < LONG_MAX; i++)
        channel_send(out, i);
    return NULL;
}

static void *filter(void *arg)
{
    const struct filter f = *(struct filter *)arg;
    free(arg);
    long v;
    while (channel_receive(f.in, &v))
        if (v % f.prime != 0)
            channel_send(f.out, v);
    return NULL;
}

static channel *add_filter(channel *in, long prime)
{
    struct filter *f = malloc(sizeof *f);
    if (!f)
        report_fail("out of memory");
    *f = (struct filter){ in, channel_new(0), prime };
    channel *out = f->out;
    threads_start(filter, f);
    return out;
}

static bool is_prime(long v)
{
    for (long d = 2; d * d <= v; d++)
        if (v % d == 0)
            return false;
    return v > 1;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), prime = 0;
    threads_init();
    struct report_span start = report_start();
    channel *in = channel_new(0);
    threads_start(generate, in);
    for (long i = 0; i < n; i++) {
        channel_receive(in, &prime);
        in = add_filter(in, prime);
    }
    report_millis("sieve", start);
    if (!is_prime(prime))
        report_fail("sieve: %ld is no prime", prime);
}

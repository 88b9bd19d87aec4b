/* SPDX-License-Identifier: MIT */
/* A token goes round threads, 1000 if not told otherwise, joined by queues of one place. */
#include "channel.h"

struct member {
    channel *in, *out;
    pthread_t thread;
};

static void *member(void *arg)
{
    struct member *m = arg;
    long v;
    while (channel_receive(m->in, &v))
        channel_send(m->out, v + 1);
    channel_close(m->out);
    return NULL;
}

static void start_members(struct member *m, long n)
{
    for (long i = 0; i < n; i++) {
        m[i].in = i == 0 ? channel_new(1) : m[i - 1].out;
        m[i].out = channel_new(1);
        m[i].thread = threads_start(member, &m[i]);
    }
}

int main(int argc, char **argv)
{
    long members = report_size(argc, argv, 1000) - 1, laps = report_count(argc, argv);
    long token = 0, end;
    if (members < 1)
        report_fail("ring: two members at least");
    struct member *m = calloc((size_t)members, sizeof *m);
    if (!m)
        report_fail("out of memory");
    laps /= members + 1;
    threads_init();
    start_members(m, members);
    channel *first = m[0].in, *last = m[members - 1].out;
    struct report_span start = report_start();
    for (long i = 0; i < laps; i++) {
        channel_send(first, token);
        channel_receive(last, &token);
        token++;
    }
    report_per_op("ring", start, laps * (members + 1));
    channel_close(first);
    if (channel_receive(last, &end) || token != laps * (members + 1))
        report_fail("ring: wrong token %ld", token);
    for (long i = 0; i < members; i++)
        threads_join(&m[i].thread, 1);
    channel_free(first);
    for (long i = 0; i < members; i++)
        channel_free(m[i].out);
    free(m);
}

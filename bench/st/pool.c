/* SPDX-License-Identifier: MIT */
/* Get and put back: one thing; and from one thread to another over a channel.  st has no
 * pool: a list is enough where one thread runs at a time, out of line as the calls of a library
 * are, for else the compiler would drop it. */
#include "channel.h"

enum { WORKERS = 8 };

union thing {
    union thing *next;
    char room[64];
    long count;
};

static union thing *pool;
static struct group workers;
static channel *c;

static __attribute__((noinline)) union thing *get(void)
{
    union thing *x = pool;
    if (x)
        pool = x->next;
    else if (!(x = calloc(1, sizeof *x)))
        report_fail("out of memory");
    return x;
}

static __attribute__((noinline)) void put(union thing *x)
{
    x->next = pool;
    pool = x;
}

static void *use(void *arg)
{
    for (long n = *(long *)arg; n > 0; n--) {
        union thing *x = get();
        x->count++;
        put(x);
    }
    group_done(&workers);
    return NULL;
}

static void *get_all(void *arg)
{
    for (long n = *(long *)arg; n > 0; n--)
        channel_send(c, (long)(intptr_t)get());
    channel_close(c);
    return NULL;
}

static void measure_own(long n)
{
    long each = n / WORKERS;
    struct report_span start = report_start();
    workers.running = WORKERS;
    for (int i = 0; i < WORKERS; i++)
        threads_start(use, &each);
    group_wait(&workers);
    report_per_op("pool", start, each * WORKERS);
}

static void measure_passed(long n)
{
    long got = 0, x;
    struct report_span start = report_start();
    threads_start(get_all, &n);
    for (; channel_receive(c, &x); got++)
        put((union thing *)(intptr_t)x);
    report_per_op("pool.passed", start, n);
    if (got != n)
        report_fail("pool: %ld of %ld passed", got, n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    group_init(&workers);
    c = channel_new(64);
    measure_own(n);
    measure_passed(n / 20);
    channel_free(c);
    group_free(&workers);
}

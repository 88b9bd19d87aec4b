/* SPDX-License-Identifier: MIT */
/* Get and put back: one thing; and from one thread to another over a queue.  A pool as one
 * writes it by hand: some things for each thread, which nobody else touches, and a list under
 * a mutex from which, and to which, they go by half of that. */
#include "channel.h"

enum { WORKERS = 8, OWN = 64 };

union thing {
    union thing *next;
    char room[64];
    long count;
};

static struct {
    pthread_mutex_t lock;
    union thing *first; /* under lock */
} shared = { PTHREAD_MUTEX_INITIALIZER, NULL };

static _Thread_local struct {
    int count;
    union thing *thing[OWN];
} own;

static long each;
static channel *c;

static void fetch_some(void)
{
    pthread_mutex_lock(&shared.lock);
    while (shared.first && own.count < OWN / 2) {
        own.thing[own.count++] = shared.first;
        shared.first = shared.first->next;
    }
    pthread_mutex_unlock(&shared.lock);
}

static void give_some(void)
{
    pthread_mutex_lock(&shared.lock);
    while (own.count > OWN / 2) {
        union thing *x = own.thing[--own.count];
        x->next = shared.first;
        shared.first = x;
    }
    pthread_mutex_unlock(&shared.lock);
}

static union thing *get(void)
{
    if (own.count == 0)
        fetch_some();
    if (own.count > 0)
        return own.thing[--own.count];
    union thing *x = calloc(1, sizeof *x);
    if (!x)
        report_fail("out of memory");
    return x;
}

static void put(union thing *x)
{
    if (own.count == OWN)
        give_some();
    own.thing[own.count++] = x;
}

static void *use(void *arg)
{
    for (long i = 0; i < each; i++) {
        union thing *x = get();
        x->count++;
        put(x);
    }
    return arg;
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
    pthread_t t[WORKERS];
    each = n / WORKERS;
    struct report_span start = report_start();
    for (int i = 0; i < WORKERS; i++)
        t[i] = threads_start(use, NULL);
    threads_join(t, WORKERS);
    report_per_op("pool", start, each * WORKERS);
}

static void measure_passed(long n)
{
    long got = 0, x;
    struct report_span start = report_start();
    pthread_t t = threads_start(get_all, &n);
    for (; channel_receive(c, &x); got++)
        put((union thing *)(intptr_t)x);
    report_per_op("pool.passed", start, n);
    if (got != n)
        report_fail("pool: %ld of %ld passed", got, n);
    threads_join(&t, 1);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    c = channel_new(64);
    measure_own(n);
    measure_passed(n / 20);
    channel_free(c);
}

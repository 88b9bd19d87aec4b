/* SPDX-License-Identifier: MIT */
/* The memory of threads that wait, page tables included; what the kernel keeps for each of
 * them is not in it. */
#include "channel.h"

static channel *c;
static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    long count; /* under lock */
} started = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0 };

static void *wait_for_close(void *arg)
{
    long v, n = *(long *)arg;
    pthread_mutex_lock(&started.lock);
    if (++started.count == n)
        pthread_cond_signal(&started.changed);
    pthread_mutex_unlock(&started.lock);
    channel_receive(c, &v);
    return NULL;
}

static void wait_for_all(long n)
{
    pthread_mutex_lock(&started.lock);
    while (started.count < n)
        pthread_cond_wait(&started.changed, &started.lock);
    pthread_mutex_unlock(&started.lock);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    pthread_t *t = calloc((size_t)n, sizeof *t);
    if (!t)
        report_fail("out of memory");
    threads_init();
    c = channel_new(1);
    long before = report_resident();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++)
        t[i] = threads_start(wait_for_close, &n);
    wait_for_all(n);
    report_per_op("parked.spawn", start, n);
    printf("parked %.1f B\n", (double)(report_resident() - before) / (double)n);
    channel_close(c);
    threads_join(t, n);
    channel_free(c);
    free(t);
}

/* SPDX-License-Identifier: MIT */
/* Eight threads count under one mutex; and one, whom nobody disturbs. */
#include "threads.h"

enum { WORKERS = 8 };

static st_mutex_t mu;
static long total;
static struct group workers;

static void *count(void *arg)
{
    for (long n = *(long *)arg; n > 0; n--) {
        st_mutex_lock(mu);
        total++;
        st_mutex_unlock(mu);
    }
    group_done(&workers);
    return NULL;
}

static void measure(const char *name, int n, long ops)
{
    long each = ops / n;
    total = 0;
    workers.running = n;
    struct report_span start = report_start();
    for (int i = 0; i < n; i++)
        threads_start(count, &each);
    group_wait(&workers);
    report_per_op(name, start, each * n);
    if (total != each * n)
        report_fail("%s: wrong total %ld", name, total);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    group_init(&workers);
    if (!(mu = st_mutex_new()))
        report_fail("out of memory");
    measure("mutex", WORKERS, n);
    measure("mutex.one", 1, n);
    st_mutex_destroy(mu);
    group_free(&workers);
}

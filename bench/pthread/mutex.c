/* SPDX-License-Identifier: MIT */
/* Eight threads count under one mutex; and one, whom nobody disturbs. */
#include "threads.h"

enum { WORKERS = 8 };

static pthread_mutex_t mu = PTHREAD_MUTEX_INITIALIZER;
static long total;

static void *count(void *arg)
{
    for (long n = *(long *)arg; n > 0; n--) {
        pthread_mutex_lock(&mu);
        total++;
        pthread_mutex_unlock(&mu);
    }
    return NULL;
}

static void measure(const char *name, int workers, long n)
{
    long each = n / workers;
    pthread_t t[WORKERS];
    total = 0;
    struct report_span start = report_start();
    for (int i = 0; i < workers; i++)
        t[i] = threads_start(count, &each);
    threads_join(t, workers);
    report_per_op(name, start, each * workers);
    if (total != each * workers)
        report_fail("%s: wrong total %ld", name, total);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    measure("mutex", WORKERS, n);
    measure("mutex.one", 1, n);
}

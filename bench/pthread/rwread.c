/* SPDX-License-Identifier: MIT */
/* Eight threads read under one rwlock; one alone; and with a writer now and then. */
#include "threads.h"

enum { WORKERS = 8, WRITE_EVERY = 1000 };

static pthread_rwlock_t mu = PTHREAD_RWLOCK_INITIALIZER;
static long a, b, each;

static void read_once(void)
{
    pthread_rwlock_rdlock(&mu);
    if (a != b)
        report_fail("rwread: a reader beside a writer");
    pthread_rwlock_unlock(&mu);
}

static void *read_only(void *arg)
{
    for (long i = 0; i < each; i++)
        read_once();
    return arg;
}

static void *read_mostly(void *arg)
{
    for (long i = 0; i < each; i++) {
        if (i % WRITE_EVERY == 0) {
            pthread_rwlock_wrlock(&mu);
            a++;
            b++;
            pthread_rwlock_unlock(&mu);
        } else {
            read_once();
        }
    }
    return arg;
}

static void measure(const char *name, int workers, void *(*f)(void *), long n)
{
    pthread_t t[WORKERS];
    each = n / workers;
    struct report_span start = report_start();
    for (int i = 0; i < workers; i++)
        t[i] = threads_start(f, NULL);
    threads_join(t, workers);
    report_per_op(name, start, each * workers);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    measure("rwread", WORKERS, read_only, n);
    measure("rwread.one", 1, read_only, n);
    measure("rwread.mostly", WORKERS, read_mostly, n);
}

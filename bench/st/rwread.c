/* SPDX-License-Identifier: MIT */
/* Eight threads read under one lock for readers and writers; one alone; and with a writer
 * now and then.  st has no such lock: this one is a count and a condition, out of line as the
 * calls of a library are, for else the compiler would keep it in registers. */
#include "threads.h"

#include <stdbool.h>

enum { WORKERS = 8, WRITE_EVERY = 1000 };

static struct {
    long readers, writers_waiting;
    bool writing;
    st_cond_t free;
} mu;

static long a, b, each;
static struct group workers;

static __attribute__((noinline)) void read_lock(void)
{
    while (mu.writing || mu.writers_waiting)
        st_cond_wait(mu.free);
    mu.readers++;
}

static __attribute__((noinline)) void read_unlock(void)
{
    if (--mu.readers == 0 && mu.writers_waiting)
        st_cond_broadcast(mu.free);
}

static __attribute__((noinline)) void write_lock(void)
{
    mu.writers_waiting++;
    while (mu.writing || mu.readers)
        st_cond_wait(mu.free);
    mu.writers_waiting--;
    mu.writing = true;
}

static __attribute__((noinline)) void write_unlock(void)
{
    mu.writing = false;
    st_cond_broadcast(mu.free);
}

static void read_once(void)
{
    read_lock();
    if (a != b)
        report_fail("rwread: a reader beside a writer");
    read_unlock();
}

static void *read_only(void *arg)
{
    (void)arg;
    for (long i = 0; i < each; i++)
        read_once();
    group_done(&workers);
    return NULL;
}

static void *read_mostly(void *arg)
{
    (void)arg;
    for (long i = 0; i < each; i++) {
        if (i % WRITE_EVERY == 0) {
            write_lock();
            a++;
            b++;
            write_unlock();
        } else {
            read_once();
        }
    }
    group_done(&workers);
    return NULL;
}

static void measure(const char *name, int n, void *(*f)(void *), long ops)
{
    each = ops / n;
    workers.running = n;
    struct report_span start = report_start();
    for (int i = 0; i < n; i++)
        threads_start(f, NULL);
    group_wait(&workers);
    report_per_op(name, start, each * n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    threads_init();
    group_init(&workers);
    if (!(mu.free = st_cond_new()))
        report_fail("out of memory");
    measure("rwread", WORKERS, read_only, n);
    measure("rwread.one", 1, read_only, n);
    measure("rwread.mostly", WORKERS, read_mostly, n);
    st_cond_destroy(mu.free);
    group_free(&workers);
}

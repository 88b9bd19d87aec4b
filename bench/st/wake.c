/* SPDX-License-Identifier: MIT */
/* A plain thread and one of st wake each other, while nothing else runs.  Only a descriptor
 * wakes st from outside: each way is a pipe through which the values go. */
#include "threads.h"

#include <pthread.h>
#include <stdbool.h>

struct pipes {
    int ping[2], pong[2]; /* [0] is read, [1] written */
};

static void must(bool ok, const char *what)
{
    if (!ok)
        report_fail("wake: %s failed", what);
}

static void *echo(void *arg)
{
    const struct pipes *p = arg;
    long v;
    while (read(p->ping[0], &v, sizeof v) == sizeof v) {
        v++;
        must(write(p->pong[1], &v, sizeof v) == sizeof v, "write");
    }
    close(p->pong[1]);
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0, v;
    struct pipes p;
    pthread_t thread;
    threads_init();
    must(pipe(p.ping) == 0 && pipe(p.pong) == 0, "pipe");
    st_netfd_t ping = st_netfd_open(p.ping[1]), pong = st_netfd_open(p.pong[0]);
    must(ping && pong, "st_netfd_open");
    must(pthread_create(&thread, NULL, echo, &p) == 0, "pthread_create");
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        must(st_write(ping, &i, sizeof i, ST_UTIME_NO_TIMEOUT) == sizeof i, "st_write");
        must(st_read(pong, &v, sizeof v, ST_UTIME_NO_TIMEOUT) == sizeof v, "st_read");
        sum += v;
    }
    report_micros_per_op("wake", start, n);
    st_netfd_close(ping);
    if (st_read(pong, &v, sizeof v, ST_UTIME_NO_TIMEOUT) != 0 || sum != n * (n + 1) / 2)
        report_fail("wake: wrong sum %ld", sum);
    st_netfd_close(pong);
    pthread_join(thread, NULL);
    close(p.ping[0]);
}

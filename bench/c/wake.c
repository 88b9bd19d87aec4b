/* SPDX-License-Identifier: MIT */
/* A thread that the library did not make and a goroutine wake each other, over channels of
 * one element, while nothing else runs. */
#include "report.h"

#include <goroutine.h>
#include <pthread.h>

struct channels {
    go_chan(long) ping, pong;
};

static void *echo(void *arg)
{
    struct channels *c = arg;
    go_range (v, c->ping)
        go_send(c->pong, v + 1);
    go_close(c->pong);
    return NULL;
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0, v;
    struct channels c = { go_make(long, 1), go_make(long, 1) };
    pthread_t thread;
    if (pthread_create(&thread, NULL, echo, &c) != 0)
        report_fail("wake: no thread");
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_send(c.ping, i);
        go_recv(c.pong, &v);
        sum += v;
    }
    report_micros_per_op("wake", start, n);
    go_close(c.ping);
    if (go_recv(c.pong, &v) || sum != n * (n + 1) / 2)
        report_fail("wake: wrong sum %ld", sum);
    pthread_join(thread, NULL);
    go_drop(c.ping);
    go_drop(c.pong);
}

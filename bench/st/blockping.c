/* SPDX-License-Identifier: MIT */
/* Round trips over two unbuffered channels while eight other threads block in the kernel,
 * 1 ms each time.  st has no way to do that elsewhere: all wait for it, so the blockers let
 * the others run in between, which st would not make them do. */
#include "channel.h"
#include "yield.h"

#include <sys/syscall.h>

enum { BLOCKERS = 8 };

static bool stop;
static struct group all;
static channel *ping, *pong;

static void *blocker(void *arg)
{
    const struct timespec t = { 0, 1000000 };
    (void)arg;
    while (!stop) {
        syscall(SYS_nanosleep, &t, NULL);
        yield();
    }
    group_done(&all);
    return NULL;
}

static void *echo(void *arg)
{
    long v;
    (void)arg;
    while (channel_receive(ping, &v))
        channel_send(pong, v + 1);
    group_done(&all);
    return NULL;
}

static void start_all(void)
{
    all.running = BLOCKERS + 1;
    for (int i = 0; i < BLOCKERS; i++)
        threads_start(blocker, NULL);
    threads_start(echo, NULL);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv), sum = 0, v;
    threads_init();
    yield_init();
    group_init(&all);
    ping = channel_new(0);
    pong = channel_new(0);
    start_all();
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        channel_send(ping, i);
        channel_receive(pong, &v);
        sum += v;
    }
    report_per_op("blockping", start, n);
    if (sum != n * (n + 1) / 2)
        report_fail("blockping: wrong sum %ld", sum);
    stop = true;
    channel_close(ping);
    group_wait(&all);
    channel_free(ping);
    channel_free(pong);
    group_free(&all);
}

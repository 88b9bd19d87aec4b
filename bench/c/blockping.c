/* SPDX-License-Identifier: MIT */
/* Round trips over two unbuffered channels while eight other goroutines block their thread
 * in the kernel, 1 ms each time: without a word to the library; and told, by go_block. */
#include "report.h"

#include <goroutine.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BLOCKERS = 8 };

static bool stop;

static void block(void)
{
    const struct timespec t = { 0, 1000000 };
    syscall(SYS_nanosleep, &t, NULL);
}

static void blocker(bool told, go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        if (told)
            go_block(block);
        else
            block();
    }
    go_waitgroup_done(wg);
}

static void echo(go_chan(long) in, go_chan(long) out)
{
    go_range (v, in)
        go_send(out, v + 1);
}

static void measure(const char *name, bool told, long n)
{
    long sum = 0, v;
    go_chan(long) ping = go_make(long, 0);
    go_chan(long) pong = go_make(long, 0);
    go_waitgroup wg = { 0 };
    __atomic_store_n(&stop, false, __ATOMIC_RELAXED);
    go_waitgroup_add(&wg, BLOCKERS);
    for (int i = 0; i < BLOCKERS; i++)
        go(blocker, told, &wg);
    go_waitgroup_go(&wg, echo, ping, pong);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_send(ping, i);
        go_recv(pong, &v);
        sum += v;
    }
    report_per_op(name, start, n);
    if (sum != n * (n + 1) / 2)
        report_fail("%s: wrong sum %ld", name, sum);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_close(ping);
    go_waitgroup_wait(&wg);
    go_drop(ping);
    go_drop(pong);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    measure("blockping", false, n);
    measure("blockping.told", true, n);
}

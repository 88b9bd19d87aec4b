/* SPDX-License-Identifier: MIT */
/* Goroutines: switch, start and end, and what they do on their way. */
#include "cost.h"

#include <goroutine/fd.h>

enum { BATCH = 100 };

static long count;

static void yielder(long n)
{
    for (long i = 0; i < n; i++)
        go_yield();
}

/* Two that yield to each other. */
static void switches(long n)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, yielder, n / 2);
    cost_begin();
    yielder(n / 2);
    cost_end();
    go_waitgroup_wait(&wg);
}

static void leaf(void)
{
    count++;
}

static void spawn(long n)
{
    count = 0;
    cost_begin();
    for (long started = 0; started < n;) {
        for (int i = 0; i < BATCH; i++)
            go(leaf);
        started += BATCH;
        while (count < started)
            go_yield();
    }
    cost_end();
    cost_check(count == n, "spawn");
}

static void spawn_and_join(long n)
{
    count = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        go_join(go_start(leaf));
    cost_end();
    cost_check(count == n, "spawn.join");
}

static __attribute__((noinline)) void defers(void)
{
    go_defer(leaf);
}

static void defer(long n)
{
    count = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        defers();
    cost_end();
    cost_check(count == n, "defer");
}

static void block(long n)
{
    count = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        go_block(leaf);
    cost_end();
    cost_check(count == n, "block");
}

/* A pipe that has room, then data: neither waits. */
static void write_and_read(long n)
{
    int fds[2];
    cost_check(go_pipe(fds) == 0, "pipe");
    char c = 'x';
    long done = 0;
    cost_begin();
    for (long i = 0; i < n; i++)
        done += go_write(fds[1], &c, 1) + go_read(fds[0], &c, 1);
    cost_end();
    cost_check(done == 2 * n, "pipe");
    go_close_fd(fds[0]);
    go_close_fd(fds[1]);
}

const struct cost_op cost_sched_ops[] = {
    { "switch", switches, 10000 },
    { "spawn", spawn, 5000 },
    { "spawn.join", spawn_and_join, 3000 },
    { "defer", defer, 10000 },
    { "block", block, 5000 },
    { "pipe", write_and_read, 3000 },
    { NULL, NULL, 0 },
};

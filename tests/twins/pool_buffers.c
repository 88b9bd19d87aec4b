/* SPDX-License-Identifier: MIT */
/* Workers that format into buffers from a pool: what was in them before never shows. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 6, LINES = 200, SIZE = 64 };

static void *make(void *arg)
{
    (void)arg;
    return calloc(1, SIZE);
}

static go_pool buffers = { .make = make, .destroy = free };

static void worker(int id, go_chan(long) sums)
{
    long sum = 0;
    for (int i = 0; i < LINES; i++) {
        char *b = go_pool_get(&buffers);
        snprintf(b, SIZE, "worker %d line %d", id, i);
        if (i % 50 == 0)
            go_yield();
        for (const char *c = b; *c; c++)
            sum += *c;
        go_pool_put(&buffers, b);
    }
    go_send(sums, sum);
}

int main(void)
{
    go_chan(long) sums = go_make(long, 0);
    long total = 0, sum;
    for (int i = 0; i < WORKERS; i++)
        go(worker, i, sums);
    for (int i = 0; i < WORKERS; i++) {
        go_recv(sums, &sum);
        total += sum;
    }
    printf("total %ld\n", total);
    go_drop(sums);
    go_pool_end(&buffers);
}

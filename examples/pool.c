/* SPDX-License-Identifier: MIT */
/* pool - buffers that are made once and used by many. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 8, LINES = 2000, SIZE = 4096 };

static int32_t made;
static int64_t written;

static void *buffer_new(void *arg)
{
    (void)arg;
    go_atomic_add(&made, 1);
    return malloc(SIZE);
}

static go_pool buffers = { .make = buffer_new, .destroy = free };

static void worker(int id)
{
    for (int i = 0; i < LINES; i++) {
        char *b = go_pool_get(&buffers);
        if (!b)
            return; /* what buffer_new returns, that it may return */
        go_atomic_add(&written, snprintf(b, SIZE, "worker %d, line %d\n", id, i));
        go_pool_put(&buffers, b);
    }
}

int main(void)
{
    go_waitgroup wg = { 0 };
    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&wg, worker, i);
    go_waitgroup_wait(&wg);
    printf("%d lines, %lld bytes, %s\n", WORKERS * LINES, (long long)written,
           made < WORKERS * LINES / 10 ? "few buffers" : "many buffers");
    go_pool_end(&buffers); /* a pool that lives as long as the program needs no end */
}

/* SPDX-License-Identifier: MIT */
/* A deferred call is code like any other: it parks, changes threads, blocks its thread
 * and defers calls of its own; run by a return, by go_exit or by a panic. */
#include "check.h"

#include <goroutine.h>
#include <unistd.h>

static int64_t inner, outer;

static void count(int64_t *n)
{
    go_atomic_add(n, 1);
}

static void busy(go_chan(int) c, int v)
{
    go_defer(count, &inner);
    go_yield();
    if (v % 16 == 0)
        usleep(100);
    go_send(c, v);
    go_yield();
}

static void leave(go_chan(int) c, int v)
{
    go_defer(count, &outer);
    go_defer(busy, c, v);
    if (v % 3 == 0)
        go_exit();
    if (v % 3 == 1)
        go_panic("%d", v);
}

static void body(go_chan(int) c, int v)
{
    go_recovered r;
    bool panicked = go_recover(&r, leave, c, v);
    CHECK_EQ(panicked, v % 3 == 1);
    if (panicked)
        CHECK_EQ(atoi(r.text), v);
}

int main(void)
{
    int n = test_scale(3000, 300);
    go_maxprocs(4);
    go_chan(int) c = go_make(int, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < n; i++)
        go_waitgroup_go(&wg, body, c, i);
    int64_t sum = 0;
    for (int i = 0, v; i < n; i++) {
        CHECK(go_recv(c, &v));
        sum += v;
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(sum, (int64_t)n * (n - 1) / 2);
    CHECK_EQ(inner, n);
    CHECK_EQ(outer, n);
    go_drop(c);
}

/* SPDX-License-Identifier: MIT */
/* Conformance 11: removing a waiter from a channel's queue is O(1).
 *
 * n goroutines select on one shared channel and one of their own; each is then
 * ended through its own.  Four times as many must cost about four times the
 * time, not sixteen, whether they leave from the front or from the back.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static void wait_for_one(go_chan(int) shared, go_chan(int) own, go_waitgroup *wg)
{
    CHECK_EQ(go_select(go_on_recv(shared, NULL), go_on_recv(own, NULL)), 1);
    go_waitgroup_done(wg);
}

static int64_t measure(int n, bool from_the_back)
{
    go_waitgroup wg = { 0 };
    go_chan(int) shared = go_make(int, 0);
    go_chan(int) *own = calloc((size_t)n, sizeof *own);
    CHECK(own);
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++) {
        own[i] = go_make(int, 0);
        go(wait_for_one, shared, own[i], &wg);
    }
    for (int i = 0; i < 8; i++)
        go_yield();

    int64_t start = clock_ns();
    for (int i = 0; i < n; i++)
        go_send(own[from_the_back ? n - 1 - i : i], 1);
    go_waitgroup_wait(&wg);
    int64_t took = clock_ns() - start;

    for (int i = 0; i < n; i++)
        go_drop(own[i]);
    go_drop(shared);
    free(own);
    return took;
}

int main(void)
{
    int n = test_scale(1000, 500); /* 4 n stacks still fit the cache */
    for (int from_the_back = 0; from_the_back < 2; from_the_back++) {
        double best = 1e9;
        measure(4 * n, from_the_back); /* stacks are warm from here on */
        for (int i = 0; i < 8 && best > 10; i++) {
            double ratio = (double)measure(4 * n, from_the_back) / measure(n, from_the_back);
            best = ratio < best ? ratio : best;
        }
        if (best > 10)
            fprintf(stderr, "four times the waiters took %.1f times as long\n", best);
        CHECK(best <= 10);
    }
}

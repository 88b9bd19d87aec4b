/* SPDX-License-Identifier: MIT */
/* Conformance 11: removing a waiter from a channel's queue is O(1).
 *
 * n goroutines select on one shared channel and one of their own, through which
 * each is then ended.  That must cost about what it costs when nobody shares,
 * whether they leave from the front of the long queue or from its back; a search
 * along the queue would cost hundreds of times as much.
 * test: serial */
#include "support.h"

#include <goroutine.h>

enum order { FROM_THE_FRONT, FROM_THE_BACK };

static void wait_for_one(go_chan(int) never, go_chan(int) own, go_waitgroup *wg)
{
    CHECK_EQ(go_select(go_on_recv(never, NULL), go_on_recv(own, NULL)), 1);
    go_waitgroup_done(wg);
}

static go_chan(int) *channels(int n)
{
    go_chan(int) *c = calloc((size_t)n, sizeof *c);
    CHECK(c);
    for (int i = 0; i < n; i++)
        c[i] = go_make(int, 0);
    return c;
}

static void drop_all(go_chan(int) *c, int n)
{
    for (int i = 0; i < n; i++)
        go_drop(c[i]);
    free(c);
}

static int64_t measure(int n, bool shared, enum order order)
{
    go_waitgroup wg = { 0 };
    go_chan(int) *own = channels(n);
    go_chan(int) *never = channels(n);
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(wait_for_one, never[shared ? 0 : i], own[i], &wg);
    for (int i = 0; i < 8; i++)
        go_yield();

    int64_t start = clock_ns();
    for (int i = 0; i < n; i++)
        go_send(own[order == FROM_THE_BACK ? n - 1 - i : i], 1);
    go_waitgroup_wait(&wg);
    int64_t took = clock_ns() - start;
    drop_all(own, n);
    drop_all(never, n);
    return took;
}

/* The least of several: a busy machine only ever adds. */
static double cost_of_sharing(int n, enum order order)
{
    int64_t alone = GO_FOREVER, shared = GO_FOREVER;
    for (int i = 0; i < 20 && (i < 2 || shared > 8 * alone); i++) {
        int64_t a = measure(n, false, order), b = measure(n, true, order);
        alone = a < alone ? a : alone;
        shared = b < shared ? b : shared;
    }
    return (double)shared / (double)alone;
}

int main(void)
{
    int n = test_scale(16000, 1000);
    go_maxprocs(1);
    for (enum order order = FROM_THE_FRONT; order <= FROM_THE_BACK; order++) {
        double ratio = cost_of_sharing(n, order);
        if (ratio > 8)
            fprintf(stderr, "%d waiters in one queue: %.1f times the cost of none\n", n, ratio);
        CHECK(ratio <= 8);
    }
}

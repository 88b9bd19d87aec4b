/* SPDX-License-Identifier: MIT */
/* Conformance 4: a select with a send and a receive on one channel never meets
 * itself; two such selects meet each other. */
#include "check.h"

#include <goroutine.h>

static int rounds;

static void alone(void)
{
    go_chan(int) c = go_make(int, 0);
    int v;
    CHECK_EQ(go_select(go_on_recv(c, &v), go_on_send(c, 1), go_default()), 2);
    CHECK_EQ(go_select(go_on_send(c, 1), go_on_recv(c, &v), go_default()), 2);
    CHECK_EQ(go_select(go_on_send(c, 1), go_on_recv(c, &v), go_on_timeout(2 * GO_MILLISECOND)), 2);
    CHECK_EQ(go_select(go_on_recv(c, &v), go_on_send(c, 1), go_on_timeout(2 * GO_MILLISECOND)), 2);
    go_drop(c);
}

static void pair(int me, int capacity, go_chan(int) c, go_waitgroup *wg)
{
    for (int i = 0; i < rounds; i++) {
        int v = -1, k;
        if (me == 0 || i % 2 == 0)
            k = go_select(go_on_send(c, me), go_on_recv(c, &v)) == 1;
        else
            k = go_select(go_on_recv(c, &v), go_on_send(c, me)) == 0;
        if (k && capacity == 0)
            CHECK_EQ(v, !me); /* a buffered value may be one's own */
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    rounds = test_scale(20000, 1000);
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        alone();
        for (int capacity = 0; capacity <= 10; capacity += 10) {
            go_waitgroup wg = { 0 };
            go_chan(int) c = go_make(int, capacity);
            go_waitgroup_add(&wg, 2);
            go(pair, 0, capacity, c, &wg);
            go(pair, 1, capacity, c, &wg);
            go_waitgroup_wait(&wg);
            go_drop(c);
        }
    }
}

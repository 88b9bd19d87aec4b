/* SPDX-License-Identifier: MIT */
/* Conformance 1: a select commits exactly once, however many peers are ready.
 *
 * Numbers are sent by selects over four channels that four forwarders drain at
 * the same time: each number must come out once. */
#include "check.h"

#include <goroutine.h>

enum { LANES = 4, SENDERS = 2 };

static int rounds;
static go_chan(int) lane[LANES];

static void sender(int first, go_waitgroup *wg)
{
    for (int i = first; i < first + rounds; i++)
        go_select(go_on_send(lane[0], i), go_on_send(lane[1], i), go_on_send(lane[2], i),
                  go_on_send(lane[3], i));
    go_waitgroup_done(wg);
}

static void forward(go_chan(int) in, go_chan(int) out, go_waitgroup *wg)
{
    int v;
    while (go_recv(in, &v))
        go_send(out, v);
    go_waitgroup_done(wg);
}

static void close_after(go_waitgroup *wg, go_chan(int) *c, int n)
{
    go_waitgroup_wait(wg);
    for (int i = 0; i < n; i++)
        go_close(c[i]);
}

static void run(int capacity)
{
    go_waitgroup senders = { 0 }, forwarders = { 0 };
    go_chan(int) out = go_make(int, 0);
    char *seen = calloc((size_t)(SENDERS * rounds), 1);
    CHECK(seen);

    go_waitgroup_add(&senders, SENDERS);
    go_waitgroup_add(&forwarders, LANES);
    for (int i = 0; i < LANES; i++) {
        lane[i] = go_make(int, capacity);
        go(forward, lane[i], out, &forwarders);
    }
    for (int i = 0; i < SENDERS; i++)
        go(sender, i * rounds, &senders);
    go(close_after, &senders, lane, LANES);
    go(close_after, &forwarders, &out, 1);

    int v, n = 0;
    for (; go_recv(out, &v); n++) {
        CHECK(v >= 0 && v < SENDERS * rounds);
        CHECK_EQ(seen[v], 0);
        seen[v] = 1;
    }
    CHECK_EQ(n, SENDERS * rounds);
    for (int i = 0; i < LANES; i++)
        go_drop(lane[i]);
    go_drop(out);
    free(seen);
}

int main(void)
{
    rounds = test_scale(20000, 1000);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        run(0);
        run(1);
    }
}

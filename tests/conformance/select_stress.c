/* SPDX-License-Identifier: MIT */
/* Conformance 5: many selects over many channels: no lost wakeup, no deadlock by
 * lock order, exact counts.
 *
 * Plain senders and receivers, and selects that name the channels in different
 * orders, share four channels of different capacities. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

enum { N = 4 };

static int rounds;
static go_chan(int) c[N];
static go_waitgroup wg;

static void plain_send(int k)
{
    for (int i = 0; i < rounds; i++)
        go_send(c[k], 0);
    go_waitgroup_done(&wg);
}

static void plain_recv(int k)
{
    for (int i = 0; i < rounds; i++)
        CHECK(go_recv(c[k], NULL));
    go_waitgroup_done(&wg);
}

/* Each channel `rounds` times; one that is done becomes nil and never fires. */
static void select_send(int turn)
{
    go_chan(int) d[N];
    int left[N], at[N];
    for (int i = 0; i < N; i++) {
        at[i] = (i + turn) % N;
        d[i] = c[at[i]];
        left[i] = rounds;
    }
    for (int i = 0; i < N * rounds; i++) {
        int k = go_select(go_on_send(d[0], 0), go_on_send(d[1], 0), go_on_send(d[2], 0),
                          go_on_send(d[3], 0));
        if (--left[k] == 0)
            d[k] = NULL;
    }
    go_waitgroup_done(&wg);
}

static void select_recv(int turn)
{
    go_chan(int) d[N];
    int left[N];
    for (int i = 0; i < N; i++) {
        d[i] = c[(N + turn - i) % N];
        left[i] = rounds;
    }
    for (int i = 0; i < N * rounds; i++) {
        int k = go_select(go_on_recv(d[0], NULL), go_on_recv(d[1], NULL), go_on_recv(d[2], NULL),
                          go_on_recv(d[3], NULL));
        CHECK(go_selected_ok());
        if (--left[k] == 0)
            d[k] = NULL;
    }
    go_waitgroup_done(&wg);
}

int main(void)
{
    rounds = test_scale(20000, 500);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int i = 0; i < N; i++)
            c[i] = go_make(int, i < 2 ? 0 : i);
        go_waitgroup_add(&wg, 2 * N + 4);
        for (int i = 0; i < N; i++) {
            go(plain_send, i);
            go(plain_recv, i);
        }
        for (int turn = 0; turn < 2; turn++) {
            go(select_send, turn);
            go(select_recv, turn);
        }
        go_waitgroup_wait(&wg);
        for (int i = 0; i < N; i++) {
            CHECK_EQ(go_len(c[i]), 0);
            go_drop(c[i]);
        }
    }
}

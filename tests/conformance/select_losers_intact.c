/* SPDX-License-Identifier: MIT */
/* Conformance 2: a case that loses a select leaves its channel's queue intact.
 *
 * A select waits on a shared channel, with plain waiters before and after it in
 * the queue, and is then ended through its other channel.  Every plain waiter
 * must still be served, in order.  All positions, both directions. */
#include "check.h"

#include <goroutine.h>

enum { WAITERS = 4 };

static go_chan(int) shared, other, order;

/* The order of arrival is only a hint: the result is right for any. */
static void let_it_park(void)
{
    for (int i = 0; i < 4; i++)
        go_yield();
}

static void plain_recv(int who)
{
    int v;
    CHECK(go_recv(shared, &v));
    go_send(order, who);
}

static void plain_send(int who)
{
    go_send(shared, who);
}

static void select_recv(void)
{
    int v;
    CHECK_EQ(go_select(go_on_recv(shared, &v), go_on_recv(other, &v)), 1);
    CHECK_EQ(v, 77);
    go_send(order, -1);
}

static void select_send(void)
{
    CHECK_EQ(go_select(go_on_send(shared, -2), go_on_send(other, 77)), 1);
    go_send(order, -1);
}

static void receivers(int position)
{
    for (int i = 0; i < WAITERS; i++) {
        if (i == position)
            go(select_recv);
        else
            go(plain_recv, i);
        let_it_park();
    }
    int v, got = 0;
    go_send(other, 77);
    go_recv(order, &v);
    CHECK_EQ(v, -1);
    go(plain_recv, WAITERS);
    for (int i = 0; i < WAITERS; i++)
        go_send(shared, i);
    for (int i = 0; i < WAITERS; i++) {
        go_recv(order, &v);
        got |= 1 << v;
    }
    CHECK_EQ(got, ((2 << WAITERS) - 1) & ~(1 << position));
}

static void senders(int position)
{
    for (int i = 0; i < WAITERS; i++) {
        if (i == position)
            go(select_send);
        else
            go(plain_send, i);
        let_it_park();
    }
    int v, got = 0;
    go_recv(other, &v);
    CHECK_EQ(v, 77);
    go_recv(order, &v);
    go(plain_send, WAITERS);
    for (int i = 0; i < WAITERS; i++) {
        go_recv(shared, &v);
        CHECK(v >= 0);
        got |= 1 << v;
    }
    CHECK_EQ(got, ((2 << WAITERS) - 1) & ~(1 << position));
    CHECK_EQ(go_try_recv(shared, &v), -EAGAIN);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int i = 0; i < test_scale(2000, 100); i++) {
            shared = go_make(int, 0);
            other = go_make(int, 0);
            order = go_make(int, WAITERS + 1);
            /* A select that could be met through `shared` first would break the
             * test, so nobody uses `shared` before the select has ended. */
            receivers(i % WAITERS);
            senders(i % WAITERS);
            go_drop(shared);
            go_drop(other);
            go_drop(order);
        }
    }
}

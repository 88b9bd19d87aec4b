/* SPDX-License-Identifier: MIT */
/* Conformance 3: the same channel may stand in a select more than once.
 *
 * Each value passes once, and both cases get their share. */
#include "check.h"

#include <goroutine.h>

static int rounds;

static void produce(go_chan(int) c)
{
    for (int i = 0; i < rounds; i++)
        go_send(c, i);
    go_close(c);
}

static void receive_twice(int capacity)
{
    go_chan(int) c = go_make(int, capacity);
    go(produce, c);
    int hits[2] = { 0 }, a, b, n = 0;
    for (;;) {
        a = b = -1;
        int k = go_select(go_on_recv(c, &a), go_on_recv(c, &b));
        if (!go_selected_ok())
            break;
        hits[k]++;
        CHECK_EQ(k == 0 ? a : b, n);
        CHECK_EQ(k == 0 ? b : a, -1);
        n++;
    }
    CHECK_EQ(n, rounds);
    CHECK(hits[0] > rounds / 10 || capacity == 0);
    CHECK(hits[1] > rounds / 10 || capacity == 0);
    go_drop(c);
}

static void consume(go_chan(int) c, go_chan(int64_t) result)
{
    int64_t sum = 0;
    int v;
    while (go_recv(c, &v))
        sum += v;
    go_send(result, sum);
}

static void send_twice(int capacity)
{
    go_chan(int) c = go_make(int, capacity);
    go_chan(int64_t) result = go_make(int64_t, 0);
    go(consume, c, result);
    int64_t sum = 0;
    for (int i = 0; i < rounds; i++)
        sum += go_select(go_on_send(c, 1), go_on_send(c, 1000)) == 0 ? 1 : 1000;
    go_close(c);
    int64_t got;
    CHECK(go_recv(result, &got));
    CHECK_EQ(got, sum);
    go_drop(c);
    go_drop(result);
}

/* Three times parked on one channel, closed under it: exactly one case fires. */
static void closer(go_chan(int) c)
{
    go_yield();
    go_close(c);
}

static void closed_under_it(void)
{
    for (int i = 0; i < rounds / 10; i++) {
        go_chan(int) c = go_make(int, 0);
        go(closer, go_hold(c));
        int k = go_select(go_on_recv(c, NULL), go_on_recv(c, NULL), go_on_recv(c, NULL));
        CHECK(k >= 0 && k < 3);
        CHECK(!go_selected_ok());
        go_drop(c);
    }
}

int main(void)
{
    rounds = test_scale(20000, 1000);
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        receive_twice(0);
        receive_twice(64);
        send_twice(0);
        send_twice(64);
        closed_under_it();
    }
}

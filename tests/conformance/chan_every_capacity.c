/* SPDX-License-Identifier: MIT */
/* Conformance 9: every capacity from 0 to 199 keeps order, bounds and counts. */
#include "check.h"

#include <goroutine.h>

static void produce(go_chan(int) c, int n)
{
    for (int i = 0; i < n; i++)
        go_send(c, i);
    go_close(c);
}

static void stream(int capacity)
{
    int n = test_scale(400, 100) + capacity, v;
    go_chan(int) c = go_make(int, capacity);
    go(produce, go_hold(c), n);
    for (int i = 0; i < n; i++) {
        CHECK(go_recv(c, &v));
        CHECK_EQ(v, i);
        CHECK(go_len(c) <= (size_t)capacity);
    }
    CHECK(!go_recv(c, &v));
    CHECK_EQ(v, 0);
    go_drop(c);
}

static void fill_and_drain(int capacity)
{
    int v;
    go_chan(int) c = go_make(int, capacity);
    CHECK_EQ(go_cap(c), capacity);
    for (int lap = 0; lap < 3; lap++) {
        for (int i = 0; i < capacity; i++) {
            CHECK_EQ(go_len(c), i);
            CHECK_EQ(go_try_send(c, lap + i), 0);
        }
        CHECK_EQ(go_try_send(c, -1), -EAGAIN);
        for (int i = 0; i < capacity; i++) {
            CHECK_EQ(go_try_recv(c, &v), 0);
            CHECK_EQ(v, lap + i);
        }
        CHECK_EQ(go_try_recv(c, &v), -EAGAIN);
        /* Start the next lap elsewhere in the ring. */
        for (int i = 0; i < capacity / 3; i++) {
            go_send(c, 0);
            go_recv(c, NULL);
        }
    }
    go_drop(c);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int capacity = 0; capacity < 200; capacity++) {
            stream(capacity);
            fill_and_drain(capacity);
        }
    }
}

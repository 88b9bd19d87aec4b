/* SPDX-License-Identifier: MIT */
/* Go, channels: waiters are served first come, first served, on both sides; a
 * receiver that finds the buffer full and a sender waiting takes the head while
 * the sender's value goes to the tail.
 *
 * Each waiter says that it comes and parks right after; the kernel may still
 * hold it up in between, so a try may fail.  Any other order fails them all. */
#include "check.h"

#include <goroutine.h>

enum { N = 50, TRIES = 5 };

struct served {
    int who, value;
};

static int64_t arrived;

static void send_own(go_chan(int) c, int v)
{
    __atomic_add_fetch(&arrived, 1, __ATOMIC_RELAXED);
    go_send(c, v);
}

static void recv_own(go_chan(int) c, int me, go_chan(struct served) out)
{
    struct served s = { .who = me };
    __atomic_add_fetch(&arrived, 1, __ATOMIC_RELAXED);
    CHECK(go_recv(c, &s.value));
    go_send(out, s);
}

static void until_arrived(int64_t n)
{
    while (__atomic_load_n(&arrived, __ATOMIC_RELAXED) < n)
        go_yield();
    go_sleep(GO_MILLISECOND);
}

static bool senders_in_order(int capacity)
{
    bool ok = true;
    go_chan(int) c = go_make(int, capacity);
    arrived = 0;
    for (int i = 0; i < N; i++) {
        go(send_own, c, i);
        until_arrived(i + 1);
    }
    CHECK_EQ(go_len(c), capacity);
    for (int i = 0, v; i < N; i++) {
        CHECK(go_recv(c, &v));
        ok = ok && v == i;
    }
    go_drop(c);
    return ok;
}

static bool receivers_in_order(int capacity)
{
    bool ok = true;
    go_chan(int) c = go_make(int, capacity);
    go_chan(struct served) out = go_make(struct served, N);
    arrived = 0;
    for (int i = 0; i < N; i++) {
        go(recv_own, c, i, out);
        until_arrived(i + 1);
    }
    for (int i = 0; i < N; i++)
        go_send(c, i);
    for (int i = 0; i < N; i++) {
        struct served s;
        CHECK(go_recv(out, &s));
        ok = ok && s.who == s.value;
    }
    go_drop(c);
    go_drop(out);
    return ok;
}

static void one_of_the_tries(bool (*test)(int), int capacity)
{
    bool ok = false;
    for (int i = 0; i < TRIES && !ok; i++)
        ok = test(capacity);
    CHECK(ok);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int capacity = 0; capacity <= 3; capacity += 3) {
            one_of_the_tries(senders_in_order, capacity);
            one_of_the_tries(receivers_in_order, capacity);
        }
    }
}

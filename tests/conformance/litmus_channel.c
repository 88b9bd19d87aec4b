/* SPDX-License-Identifier: MIT */
/* Conformance 20, channels: what a channel orders.
 *
 * A send is before the completion of its receive; a close before the receive
 * that returns zero; a receive from an unbuffered channel before the completion
 * of its send; the k-th receive before the completion of the (k+C)-th send; the
 * go statement before the goroutine.  All data here is plain, so the thread
 * sanitizer checks the same promises. */
#include "check.h"

#include <goroutine.h>

static int rounds;

static void set_and_send(int *data, int v, go_chan(int) c)
{
    *data = v;
    go_send(c, 0);
}

static void set_and_close(int *data, int v, go_chan(int) c)
{
    *data = v;
    go_close(c);
}

static void set_and_recv(int *data, int v, go_chan(int) c)
{
    *data = v;
    go_recv(c, NULL);
}

static void check_and_send(const int *data, int v, go_chan(int) c)
{
    CHECK_EQ(*data, v); /* go is before us */
    go_send(c, 0);
}

static void one_shot(void)
{
    int data = 0;
    for (int i = 1; i < rounds; i++) {
        go_chan(int) buffered = go_make(int, 1);
        go_chan(int) plain = go_make(int, 0);
        go(set_and_send, &data, i, buffered);
        go_recv(buffered, NULL);
        CHECK_EQ(data, i);

        go(set_and_close, &data, -i, buffered);
        CHECK(!go_recv(buffered, NULL));
        CHECK_EQ(data, -i);

        go(set_and_recv, &data, i, plain);
        go_send(plain, 0);
        CHECK_EQ(data, i);

        data = i + 1;
        go(check_and_send, &data, i + 1, plain);
        go_recv(plain, NULL);
        go_drop(buffered);
        go_drop(plain);
    }
}

enum { LIMIT = 3, WORKERS = 12 };

/* A buffered channel as a counting semaphore: at most LIMIT inside. */
static void limited(go_chan(int) slots, int *inside, go_waitgroup *wg)
{
    for (int i = 0; i < rounds / 10; i++) {
        go_send(slots, 0);
        int n = __atomic_add_fetch(inside, 1, __ATOMIC_RELAXED);
        CHECK(n >= 1 && n <= LIMIT);
        __atomic_sub_fetch(inside, 1, __ATOMIC_RELAXED);
        go_recv(slots, NULL);
    }
    go_waitgroup_done(wg);
}

/* With one slot it is a mutex, and plain data inside is safe. */
static void exclusive(go_chan(int) slot, int *data, go_waitgroup *wg)
{
    for (int i = 0; i < rounds / 10; i++) {
        go_send(slot, 0);
        ++*data;
        go_recv(slot, NULL);
    }
    go_waitgroup_done(wg);
}

static void as_semaphore(void)
{
    go_waitgroup wg = { 0 };
    go_chan(int) slots = go_make(int, LIMIT);
    go_chan(int) slot = go_make(int, 1);
    int inside = 0, data = 0;
    go_waitgroup_add(&wg, 2 * WORKERS);
    for (int i = 0; i < WORKERS; i++) {
        go(limited, slots, &inside, &wg);
        go(exclusive, slot, &data, &wg);
    }
    go_waitgroup_wait(&wg);
    CHECK_EQ(data, WORKERS * (rounds / 10));
    go_drop(slots);
    go_drop(slot);
}

int main(void)
{
    rounds = test_scale(10000, 500);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        one_shot();
        as_semaphore();
    }
}

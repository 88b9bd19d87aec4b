/* SPDX-License-Identifier: MIT */
/* Conformance 10: many producers, many consumers, one close: nothing lost,
 * nothing doubled, everybody wakes. */
#include "check.h"

#include <goroutine.h>

static int rounds;

static void produce(go_chan(int) c, int first, int step, go_waitgroup *wg)
{
    for (int i = first; i < rounds; i += step)
        go_send(c, i);
    go_waitgroup_done(wg);
}

static void consume(go_chan(int) c, char *seen, go_chan(int64_t) sums)
{
    int64_t sum = 0;
    int v;
    while (go_recv(c, &v)) {
        CHECK_EQ(__atomic_exchange_n(&seen[v], 1, __ATOMIC_RELAXED), 0);
        sum += v;
    }
    go_send(sums, sum);
}

static void run(int capacity, int producers, int consumers)
{
    go_waitgroup wg = { 0 };
    go_chan(int) c = go_make(int, capacity);
    go_chan(int64_t) sums = go_make(int64_t, 0);
    char *seen = calloc((size_t)rounds, 1);
    CHECK(seen);

    go_waitgroup_add(&wg, producers);
    for (int i = 0; i < consumers; i++)
        go(consume, c, seen, sums);
    for (int i = 0; i < producers; i++)
        go(produce, c, i, producers, &wg);
    go_waitgroup_wait(&wg);
    go_close(c);

    int64_t sum, total = 0;
    for (int i = 0; i < consumers; i++) {
        CHECK(go_recv(sums, &sum));
        total += sum;
    }
    CHECK_EQ(total, (int64_t)rounds * (rounds - 1) / 2);
    go_drop(c);
    go_drop(sums);
    free(seen);
}

int main(void)
{
    rounds = test_scale(50000, 2000);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        run(0, 1, 100);
        run(0, 8, 8);
        run(10, 8, 100);
        run(128, 100, 3);
    }
}

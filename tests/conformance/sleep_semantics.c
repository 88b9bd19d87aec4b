/* SPDX-License-Identifier: MIT */
/* Go, time.Sleep: at least as long as asked, nothing for zero or less, and
 * those that sleep wake in the order of their times.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static void sleeper(int64_t d, go_waitgroup *wg)
{
    int64_t start = go_now();
    go_sleep(d);
    CHECK(go_now() - start >= d);
    go_waitgroup_done(wg);
}

static void until(int64_t t, go_waitgroup *wg)
{
    go_sleep_until(t);
    CHECK(go_now() >= t);
    go_waitgroup_done(wg);
}

static void many(int n)
{
    go_waitgroup wg = { 0 };
    int64_t now = go_now();
    unsigned seed = 1;
    go_waitgroup_add(&wg, 2 * n);
    for (int i = 0; i < n; i++) {
        seed = seed * 1103515245 + 12345;
        int64_t d = (int64_t)(seed >> 8) % (20 * GO_MILLISECOND);
        go(sleeper, d, &wg);
        go(until, now + d, &wg);
    }
    go_waitgroup_wait(&wg);
}

static void at_once(void)
{
    int64_t start = go_now();
    for (int i = 0; i < 1000; i++) {
        go_sleep(0);
        go_sleep(-5);
        go_sleep(INT64_MIN);
        go_sleep_until(0);
        go_sleep_until(start - GO_SECOND);
    }
    CHECK(go_now() - start < GO_SECOND);
}

static void for_ever(int64_t d, bool *woke)
{
    go_sleep(d);
    __atomic_store_n(woke, true, __ATOMIC_RELAXED);
}

/* A sum beyond the end of time is not the past. */
static void overflow(void)
{
    static bool woke;
    go(for_ever, INT64_MAX, &woke);
    go(for_ever, INT64_MAX - 1, &woke);
    go_sleep(5 * GO_MILLISECOND);
    CHECK(!__atomic_load_n(&woke, __ATOMIC_RELAXED));
    CHECK_EQ(go_select(go_on_timeout(INT64_MAX), go_on_timeout(GO_MILLISECOND)), 1);
    CHECK_EQ(go_select(go_on_deadline(GO_FOREVER), go_on_deadline(go_now())), 1);
}

static void rank(int i, go_chan(int) out)
{
    go_sleep((1 + i) * 20 * GO_MILLISECOND);
    go_send(out, i);
}

static bool in_order(int n)
{
    bool ok = true;
    go_chan(int) out = go_make(int, 0);
    int v;
    for (int i = n - 1; i >= 0; i--)
        go(rank, i, out);
    for (int i = 0; i < n; i++) {
        CHECK(go_recv(out, &v));
        ok = ok && v == i;
    }
    go_drop(out);
    return ok;
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        many(test_scale(2000, 100));
        at_once();
        bool ok = false;
        for (int i = 0; i < 5 && !ok; i++) /* a machine that stops for 20 ms spoils a try */
            ok = in_order(5);
        CHECK(ok);
    }
    overflow();
}

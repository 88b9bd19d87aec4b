/* SPDX-License-Identifier: MIT */
/* Conformance 23 for functions: each arming starts one goroutine or is stopped, never
 * both; stop says whether it came in time; a handle dropped early lets it run. */
#include "check.h"

#include <goroutine.h>
#include <stdint.h>
#include <string.h>

#define MS GO_MILLISECOND

struct big {
    int64_t v[40];
};

static void tell(go_chan(uint64_t) out, int a, double b, const char *s, struct big *big)
{
    CHECK_EQ(a, 7);
    CHECK(b == 2.5);
    CHECK_EQ(strcmp(s, "seven"), 0);
    CHECK_EQ(big->v[39], 39);
    go_send(out, go_id());
}

static void runs_in_its_own(void)
{
    go_chan(uint64_t) out = go_make(uint64_t, 0);
    struct big big = { { [39] = 39 } };
    uint64_t id = 0;
    int64_t start = go_now();
    go_timer *t = go_after_func(2 * MS, tell, out, 7, 2.5, "seven", &big);
    CHECK(!go_timer_chan(t));
    go_recv(out, &id);
    CHECK(go_now() - start >= 2 * MS);
    CHECK(id != go_id() && id != 0);
    CHECK(!go_timer_stop(t));

    /* And again: each run gets the arguments. */
    CHECK(!go_timer_reset(t, MS));
    uint64_t next = 0;
    go_recv(out, &next);
    CHECK(next != id && next != 0);
    CHECK(!go_timer_reset(t, -1));
    go_recv(out, NULL);
    go_timer_drop(t);
    go_drop(out);
}

static void add(go_int64 *n, int64_t by)
{
    go_int64_add(n, by);
}

static void stopped(void)
{
    go_int64 n = { 0 };
    go_timer *t = go_after_func(GO_HOUR, add, &n, 1);
    int64_t runs = 0, armed = go_now();
    for (go_timer_reset(t, 20 * MS); !go_timer_stop(t); go_timer_reset(t, 20 * MS)) {
        CHECK(go_now() - armed >= 20 * MS); /* the machine stood still */
        runs++;
        armed = go_now();
    }
    CHECK(!go_timer_stop(t));
    go_sleep(21 * MS);
    while (go_int64_load(&n) < runs)
        go_yield();
    CHECK_EQ(go_int64_load(&n), runs);
    CHECK(!go_timer_reset(t, GO_HOUR));
    CHECK(go_timer_reset(t, MS));
    go_sleep(3 * MS);
    while (go_int64_load(&n) == runs)
        go_yield();
    go_timer_drop(t);
    go_sleep(MS);
    CHECK_EQ(go_int64_load(&n), runs + 1);

    t = go_after_func(GO_FOREVER, add, &n, 1);
    CHECK(go_timer_stop(t));
    CHECK(!go_timer_reset(t, GO_FOREVER));
    CHECK(go_timer_reset(t, GO_FOREVER - 1));
    go_timer_drop(t);
}

/* Many at once, the handles gone: all run, and none is left. */
static void dropped(void)
{
    int n = test_scale(10000, 500);
    int64_t before = go_count();
    go_int64 sum = { 0 };
    for (int i = 0; i < n; i++)
        go_timer_drop(go_after_func(i % 300 * 10 * GO_MICROSECOND, add, &sum, i + 1));
    while (go_int64_load(&sum) != (int64_t)n * (n + 1) / 2 || go_count() != before)
        go_sleep(MS);
}

static void exits(go_chan(int) out)
{
    go_send(out, 1);
    go_exit();
}

static void may_exit(void)
{
    go_chan(int) out = go_make(int, 1);
    go_timer *t = go_after_func(0, exits, out);
    go_recv(out, NULL);
    go_timer_reset(t, 0);
    go_recv(out, NULL);
    go_timer_drop(t);
    go_drop(out);
}

/* A chain of timers, each made by the one before in its own function. */
static void chain(int n, go_chan(int) out)
{
    if (n == 0)
        go_send(out, 1);
    else
        go_timer_drop(go_after_func(n % 20 * GO_MICROSECOND, chain, n - 1, out));
}

static void chained(void)
{
    go_chan(int) out = go_make(int, 0);
    chain(100, out);
    go_recv(out, NULL);
    go_drop(out);
}

/* It stops itself: too late. */
static void stop_self(go_timer **t, go_chan(bool) out)
{
    go_send(out, go_timer_stop(*t));
}

static void from_inside(void)
{
    go_chan(bool) out = go_make(bool, 0);
    go_timer *t = NULL;
    bool stopped = true;
    t = go_after_func(GO_FOREVER, stop_self, &t, out);
    CHECK(go_timer_reset(t, MS));
    go_recv(out, &stopped);
    CHECK(!stopped);
    go_timer_drop(t);
    go_drop(out);
}

/* Around the moment of firing: the runs are as many as the armings not stopped. */
static void races(int rounds)
{
    go_int64 ran = { 0 };
    int64_t expected = 0;
    for (int i = 0; i < rounds; i++) {
        go_timer *t = go_after_func(i % 40 * GO_MICROSECOND, add, &ran, 1);
        if (i % 3)
            go_sleep(i / 40 % 40 * GO_MICROSECOND);
        else
            go_yield();
        if (i % 2) {
            expected += !go_timer_reset(t, i % 30 * GO_MICROSECOND);
            go_yield();
        }
        if (i % 5)
            expected += !go_timer_stop(t);
        else
            expected++;
        go_timer_drop(t); /* at the very moment it fires */
    }
    for (int64_t now; (now = go_int64_load(&ran)) != expected; go_sleep(MS / 10))
        CHECK(now < expected);
    go_sleep(MS);
    CHECK_EQ(go_int64_load(&ran), expected);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        runs_in_its_own();
        stopped();
        dropped();
        may_exit();
        chained();
        from_inside();
        races(test_scale(2000, 200));
    }
}

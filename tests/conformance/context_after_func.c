/* SPDX-License-Identifier: MIT */
/* Context: a function left with a context runs once, in a goroutine of its own, when
 * that has ended, at once if it has, never if it is stopped before or the context never
 * ends; the stop says which.  It may end by go_exit and may itself end contexts. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

struct pair {
    int a;
    double b;
};

static uint64_t starter;

static void record(go_chan(int) out, int v, struct pair p, go_context *ctx)
{
    CHECK(go_id() != starter && p.a == v && p.b == 0.5);
    CHECK(go_context_err(ctx) != 0 && go_try_recv(go_context_done(ctx), NULL) == -EPIPE);
    go_send(out, v);
}

static struct pair pair(int v)
{
    return (struct pair){ v, 0.5 };
}

static void test_runs(void)
{
    go_chan(int) out = go_make(int, 4);
    int v;
    starter = go_id();
    go_context *c = go_context_with_cancel(go_context_background());
    go_context_after *a = go_context_after_func(c, record, out, 1, pair(1), c);
    CHECK_EQ(go_recv_until(out, &v, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    go_context_cancel(c);
    CHECK(go_recv(out, &v) && v == 1);
    CHECK(!go_context_after_stop(a));

    a = go_context_after_func(c, record, out, 2, pair(2), c); /* at once */
    CHECK(go_recv(out, &v) && v == 2);
    CHECK(!go_context_after_stop(a));
    go_context_drop(c);

    c = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    go_context_after_drop(go_context_after_func(c, record, out, 3, pair(3), c));
    CHECK(go_recv(out, &v) && v == 3);
    go_context_drop(c);
    go_drop(out);
}

static void count(int *n)
{
    go_atomic_add(n, 1);
}

static void test_stopped(void)
{
    int n = 0;
    go_context *c = go_context_with_cancel(go_context_background());
    go_context_after *a = go_context_after_func(c, count, &n);
    go_context_after *b = go_context_after_func(c, count, &n);
    CHECK(go_context_after_stop(a));
    go_context_cancel(c);
    while (go_atomic_load(&n) != 1)
        go_yield();
    CHECK(!go_context_after_stop(b));
    go_context_drop(c);

    go_context *never = go_context_without_cancel(c = go_context_with_cancel(go_context_todo()));
    a = go_context_after_func(never, count, &n);
    b = go_context_after_func(go_context_background(), count, &n);
    go_context_cancel(c);
    CHECK(go_context_after_stop(a));
    go_context_after_drop(b);
    CHECK(!go_context_after_stop(NULL));
    go_context_after_drop(NULL);
    go_context_drop(never);
    go_context_drop(c);
    go_sleep(2 * GO_MILLISECOND);
    CHECK_EQ(go_atomic_load(&n), 1);
}

/* The context lives as long as the function waits: a deadline comes after the drop. */
static void test_holds(void)
{
    int n = 0;
    go_context *c = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    go_context_after_drop(go_context_after_func(c, count, &n));
    go_context_drop(c);
    int64_t limit = go_now() + 10 * GO_SECOND;
    while (go_atomic_load(&n) != 1 && go_now() < limit)
        go_yield();
    CHECK_EQ(go_atomic_load(&n), 1);
}

static void end_and_exit(go_context *next, go_waitgroup *wg)
{
    go_context_cancel_cause(next, 9);
    go_waitgroup_done(wg);
    go_exit();
}

static void test_chain(void)
{
    enum { N = 50 };
    go_context *c[N + 1];
    go_waitgroup wg = { 0 };
    for (int i = 0; i <= N; i++)
        c[i] = go_context_with_cancel(go_context_background());
    go_waitgroup_add(&wg, N);
    for (int i = 0; i < N; i++)
        go_context_after_drop(go_context_after_func(c[i], end_and_exit, c[i + 1], &wg));
    go_context_cancel(c[0]);
    go_waitgroup_wait(&wg);
    CHECK_EQ(go_context_cause(c[N]), 9);
    for (int i = 0; i <= N; i++)
        go_context_drop(c[i]);
}

/* Stop and cancel at once: exactly one of them has it. */
static void stop(go_context_after *a, int *stopped, go_waitgroup *wg)
{
    go_atomic_store(stopped, go_context_after_stop(a));
    go_waitgroup_done(wg);
}

static void test_race(void)
{
    int prevented = 0, laps = test_scale(3000, 200);
    for (int lap = 0; lap < laps; lap++) {
        int n = 0, stopped = -1;
        go_waitgroup wg = { 0 };
        go_context *c = go_context_with_cancel(go_context_background());
        go_context_after *a = go_context_after_func(c, count, &n);
        go_waitgroup_add(&wg, 1);
        go(stop, a, &stopped, &wg);
        if (lap & 1)
            go_yield();
        go_context_cancel(c);
        go_waitgroup_wait(&wg);
        while (go_atomic_load(&n) + go_atomic_load(&stopped) == 0)
            go_yield();
        CHECK_EQ(go_atomic_load(&n) + go_atomic_load(&stopped), 1);
        prevented += stopped;
        go_context_drop(c);
    }
    CHECK(prevented > 0 && prevented < laps);
}

int main(void)
{
    test_runs();
    test_stopped();
    test_holds();
    test_chain();
    test_race();
    return 0;
}

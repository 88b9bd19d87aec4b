/* SPDX-License-Identifier: MIT */
/* Timers, sleep and contexts. */
#include "cost.h"

static void nothing(void)
{
}

/* No two alike, and not in order. */
static int64_t away(long i)
{
    return GO_HOUR + i * 7919 % 100003 * GO_MICROSECOND;
}

static void timer_new(long n)
{
    long stopped = 0;
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_timer *t = go_timer_new(away(i));
        stopped += go_timer_stop(t);
        go_timer_drop(t);
    }
    cost_end();
    cost_check(stopped == n, "timer.new");
}

static void timer_reset(long n)
{
    go_timer *t = go_timer_new(GO_HOUR);
    long stopped = 0;
    cost_begin();
    for (long i = 0; i < n; i++) {
        stopped += go_timer_stop(t);
        go_timer_reset(t, away(i));
    }
    cost_end();
    cost_check(stopped == n, "timer.reset");
    go_timer_drop(t);
}

static void timer_func(long n)
{
    long stopped = 0;
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_timer *t = go_after_func(away(i), nothing);
        stopped += go_timer_stop(t);
        go_timer_drop(t);
    }
    cost_end();
    cost_check(stopped == n, "timer.func");
}

/* So short that it is over when the scheduler looks: nothing idles. */
static void sleep_briefly(long n)
{
    int64_t before = go_now();
    cost_begin();
    for (long i = 0; i < n; i++)
        go_sleep(GO_NANOSECOND);
    cost_end();
    cost_check(go_now() - before >= n, "sleep");
}

static void cancel(long n)
{
    go_context *root = go_context_with_cancel(go_context_background());
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_context *ctx = go_context_with_cancel(root);
        go_context_cancel(ctx);
        go_context_drop(ctx);
    }
    cost_end();
    cost_check(go_context_err(root) == 0, "context");
    go_context_drop(root);
}

static void timeout(long n)
{
    go_context *root = go_context_with_cancel(go_context_background());
    cost_begin();
    for (long i = 0; i < n; i++) {
        go_context *ctx = go_context_with_timeout(root, away(i));
        go_context_cancel(ctx);
        go_context_drop(ctx);
    }
    cost_end();
    cost_check(go_context_err(root) == 0, "context.timeout");
    go_context_drop(root);
}

const struct cost_op cost_timer_ops[] = {
    { "timer.new", timer_new, 4000 },
    { "timer.reset", timer_reset, 4000 },
    { "timer.func", timer_func, 4000 },
    { "sleep", sleep_briefly, 4000 },
    { "context", cancel, 4000 },
    { "context.timeout", timeout, 4000 },
    { NULL, NULL, 0 },
};

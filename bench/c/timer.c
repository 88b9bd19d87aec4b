/* SPDX-License-Identifier: MIT */
/* Arming and stopping a timer: a new one each time, the same one again, one with a
 * function; and each of them while 100,000 others are pending. */
#include "report.h"

#include <goroutine.h>

enum { LIVE = 100000 };

static go_timer *live[2 * LIVE];

static void nothing(void)
{
}

/* An hour and more, no two alike. */
static int64_t away(long i)
{
    return GO_HOUR + i * 7919 % 100003 * GO_MICROSECOND;
}

static void must(bool stopped)
{
    if (!stopped)
        report_fail("a timer of an hour was not running");
}

static void measure_new(const char *name, long n)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_timer *t = go_timer_new(away(i));
        must(go_timer_stop(t));
        go_timer_drop(t);
    }
    report_per_op(name, start, n);
}

static void measure_reset(const char *name, long n)
{
    go_timer *t = go_timer_new(GO_HOUR);
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        must(go_timer_stop(t));
        go_timer_reset(t, away(i));
    }
    report_per_op(name, start, n);
    go_timer_drop(t);
}

static void measure_func(const char *name, long n)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_timer *t = go_after_func(away(i), nothing);
        must(go_timer_stop(t));
        go_timer_drop(t);
    }
    report_per_op(name, start, n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    measure_new("timer.new", n);
    measure_reset("timer.reset", n);
    measure_func("timer.func", n);
    for (long i = 0; i < LIVE; i++) {
        live[2 * i] = go_timer_new(away(i));
        live[2 * i + 1] = go_after_func(away(i), nothing);
    }
    measure_new("timer.new.live", n);
    measure_reset("timer.reset.live", n);
    measure_func("timer.func.live", n);
    for (long i = 0; i < 2 * LIVE; i++) {
        must(go_timer_stop(live[i]));
        go_timer_drop(live[i]);
    }
}

/* SPDX-License-Identifier: MIT */
/* Conformance 23 for tickers: ticks keep to the schedule and not to the receives, those
 * that nobody was in time for are dropped, stop and reset leave nothing stale. */
#include "check.h"

#include <goroutine.h>

#define MS GO_MILLISECOND

/* However late each is received, ticks are start + k * d, each k at most once. */
static void on_schedule(int64_t d, int n)
{
    int64_t before = go_now(), at, first = 0, last = 0;
    go_ticker *t = go_ticker_new(d);
    int64_t after = go_now();
    for (int i = 0; i < n; i++) {
        CHECK(go_recv(go_ticker_chan(t), &at));
        CHECK(at <= go_now());
        if (!first) {
            first = at;
            CHECK(at >= before + d && at <= after + d);
        }
        CHECK_EQ((at - first) % d, 0);
        CHECK(i == 0 || at > last);
        last = at;
        if (i % 3 == 0)
            go_sleep(d / 2); /* not enough to miss one, and the schedule stays */
    }
    go_ticker_drop(t);
}

/* Of the ticks that came while nobody received one is left, the oldest; the next is
 * the first on the schedule that has not come. */
static void drops_ticks(bool waited_before)
{
    int64_t d = MS, first, second, third;
    go_ticker *t = go_ticker_new(d);
    go_chan(int64_t) c = go_ticker_chan(t);
    while (waited_before && go_recv_until(c, NULL, go_now() + d / 10) == 0)
        go_ticker_reset(t, d); /* the machine stood still */
    int64_t start = go_now();
    go_sleep(10 * d);
    CHECK_EQ(go_len(c), 0);
    CHECK_EQ(go_try_recv(c, &first), 0);
    CHECK(first <= start + d);
    int64_t slept = go_now();
    CHECK(go_recv(c, &second));
    CHECK(second > start + 10 * d && second <= slept + d);
    CHECK_EQ((second - first) % d, 0);
    CHECK(go_recv(c, &third));
    CHECK_EQ((third - second) % d, 0);
    CHECK(third > second);
    go_ticker_drop(t);
}

static void stop_and_reset(void)
{
    int64_t at;
    go_ticker *t = go_ticker_new(MS);
    go_chan(int64_t) c = go_ticker_chan(t);
    CHECK(go_recv(c, NULL));
    go_sleep(3 * MS);
    go_ticker_stop(t);
    go_ticker_stop(t);
    CHECK_EQ(go_recv_until(c, &at, go_now() + 3 * MS), -ETIMEDOUT);

    int64_t start = go_now(); /* it also starts again one that was stopped */
    go_ticker_reset(t, 2 * MS);
    CHECK(go_recv(c, &at));
    CHECK(at >= start + 2 * MS);
    go_sleep(4 * MS);
    start = go_now();
    go_ticker_reset(t, MS); /* a tick was waiting: it is stale */
    CHECK(go_recv(c, &at));
    CHECK(at >= start + MS);
    int64_t next;
    CHECK(go_recv(c, &next));
    CHECK_EQ((next - at) % MS, 0);

    go_ticker_reset(t, GO_FOREVER);
    CHECK_EQ(go_recv_until(c, &at, go_now() + 2 * MS), -ETIMEDOUT);
    go_ticker_drop(t);
}

static void count(go_chan(int64_t) c, go_chan(int) out, int n)
{
    for (int i = 0; i < n; i++)
        CHECK(go_recv(c, NULL));
    go_drop(c);
    go_send(out, n);
}

/* Several wait for one ticker: each tick goes to one of them. */
static void shared(void)
{
    go_chan(int) out = go_make(int, 0);
    go_ticker *t = go_ticker_new(MS / 5);
    int64_t start = go_now();
    for (int i = 0; i < 4; i++)
        go(count, go_hold(go_ticker_chan(t)), out, 5);
    go_ticker_drop(t); /* the four hold the channel */
    for (int i = 0; i < 4; i++)
        CHECK(go_recv(out, NULL));
    CHECK(go_now() - start >= 20 * MS / 5);
    go_drop(out);
}

static void tick(void)
{
    go_chan(int64_t) c = go_tick(MS);
    int64_t a, b;
    CHECK(go_recv(c, &a));
    CHECK(go_recv(c, &b));
    CHECK(b > a && (b - a) % MS == 0);
    go_drop(c);
    CHECK(!go_tick(0));
    CHECK(!go_tick(-1));
}

static void of_no_ticker(void)
{
    CHECK(!go_ticker_chan(NULL));
    go_ticker_stop(NULL);
    go_ticker_drop(NULL);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        on_schedule(MS, 12);
        drops_ticks(false);
        drops_ticks(true);
        stop_and_reset();
        shared();
        tick();
        of_no_ticker();
    }
}

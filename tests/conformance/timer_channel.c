/* SPDX-License-Identifier: MIT */
/* Conformance 23: timer channels as since Go 1.23.  They look unbuffered, deliver once,
 * never early, the time that was asked for; after a stop or reset nothing stale is
 * received, and both tell whether the timer was running, its value not received. */
#include "check.h"

#include <goroutine.h>
#include <string.h>

#define MS GO_MILLISECOND

static void delivers_once(void)
{
    int64_t at = 0, start = go_now(), d = 2 * MS;
    go_timer *t = go_timer_new(d);
    go_chan(int64_t) c = go_timer_chan(t);
    CHECK(c == go_timer_chan(t));
    if (go_try_recv(c, &at))
        CHECK(go_recv(c, &at));
    CHECK(at >= start + d && at <= go_now());
    CHECK_EQ(go_recv_until(c, &at, go_now() + 2 * MS), -ETIMEDOUT);
    CHECK(!go_timer_stop(t));
    CHECK(!go_timer_reset(t, GO_HOUR));
    CHECK(go_timer_stop(t));
    go_timer_drop(t);
}

/* Before it fires, when it has, and when nobody has ever looked. */
static void looks_unbuffered(void)
{
    go_timer *t = go_timer_new(MS);
    go_chan(int64_t) c = go_timer_chan(t);
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(go_len(c), 0);
        CHECK_EQ(go_cap(c), 0);
        go_sleep(2 * MS);
    }
    CHECK_EQ(go_try_recv(c, NULL), 0);
    go_timer_drop(t);
}

/* The value is the time that was asked for, not the time of the receive. */
static void late_receive(void)
{
    int64_t at, before = go_now();
    go_timer *t = go_timer_new(MS);
    int64_t after = go_now();
    go_sleep(5 * MS);
    CHECK(go_recv(go_timer_chan(t), &at));
    CHECK(at >= before + MS && at <= after + MS);
    go_timer_drop(t);
}

/* Arm it, and if so asked have it waited for, so that it is in a heap and fires there.
 * Again if the machine stood still, and the value has been received. */
static void arm(go_timer *t, int64_t d, bool wait)
{
    do
        go_timer_reset(t, d);
    while (wait && go_recv_until(go_timer_chan(t), NULL, go_now() + MS / 10) == 0);
}

/* stop or reset after the time has come: the value was not received, so it never is. */
static void nothing_stale(bool waited_before)
{
    int64_t at;
    go_timer *t = go_timer_new(GO_HOUR);
    go_chan(int64_t) c = go_timer_chan(t);
    arm(t, MS, waited_before);
    go_sleep(2 * MS);
    CHECK(go_timer_stop(t));
    CHECK_EQ(go_try_recv(c, &at), -EAGAIN);
    CHECK(!go_timer_stop(t));

    arm(t, MS, waited_before);
    go_sleep(2 * MS);
    CHECK(go_timer_reset(t, GO_HOUR));
    CHECK_EQ(go_try_recv(c, &at), -EAGAIN);

    arm(t, MS, waited_before);
    go_sleep(2 * MS);
    int64_t again = go_now();
    CHECK(go_timer_reset(t, 2 * MS));
    CHECK(go_recv(c, &at));
    CHECK(at >= again + 2 * MS);
    CHECK_EQ(go_try_recv(c, &at), -EAGAIN);
    go_timer_drop(t);
}

static void past_and_never(void)
{
    static const int64_t never[] = { GO_FOREVER, GO_FOREVER - 1, GO_FOREVER / 2 + GO_HOUR * 1000 };
    static const int64_t past[] = { 0, -1, -GO_HOUR, INT64_MIN };
    for (int i = 0; i < 4; i++) {
        go_timer *t = go_timer_new(past[i]);
        CHECK_EQ(go_try_recv(go_timer_chan(t), NULL), 0);
        CHECK(!go_timer_reset(t, past[i]));
        CHECK(go_timer_stop(t)); /* nobody received it */
        CHECK_EQ(go_try_recv(go_timer_chan(t), NULL), -EAGAIN);
        go_timer_drop(t);
    }
    for (int i = 0; i < 3; i++) {
        go_timer *t = go_timer_new(never[i]);
        CHECK_EQ(go_recv_until(go_timer_chan(t), NULL, go_now() + MS / 10), -ETIMEDOUT);
        CHECK(go_timer_reset(t, never[i]));
        CHECK(go_timer_stop(t));
        CHECK(!go_timer_stop(t));
        go_timer_drop(t);
    }
}

static void in_a_select(void)
{
    go_chan(int) quiet = go_make(int, 0);
    go_timer *a = go_timer_new(GO_HOUR), *b = go_timer_new(MS);
    int64_t at;
    CHECK_EQ(go_select(go_on_recv(go_timer_chan(a), &at), go_default()), 1);
    CHECK_EQ(go_select(go_on_recv(go_timer_chan(a), &at), go_on_recv(quiet, NULL),
                       go_on_recv(go_timer_chan(b), &at)),
             2);
    CHECK(!go_timer_stop(b));
    CHECK(go_timer_stop(a)); /* it was waited for, and lost */
    CHECK_EQ(go_select(go_on_recv(go_timer_chan(a), &at), go_on_recv(go_timer_chan(b), &at),
                       go_on_timeout(2 * MS)),
             2);
    go_timer_reset(a, MS);
    CHECK_EQ(go_select(go_on_recv(go_timer_chan(a), &at), go_on_recv(go_timer_chan(a), &at)) & ~1,
             0);
    go_timer_drop(a);
    go_timer_drop(b);
    go_drop(quiet);
}

/* Both are ready: either is chosen, in the long run both. */
static void fair_with_others(void)
{
    go_chan(int) full = go_make(int, 1);
    int timer_first = 0, rounds = 200;
    go_send(full, 1);
    for (int i = 0; i < rounds; i++) {
        go_timer *t = go_timer_new(0);
        if (go_select(go_on_recv(go_timer_chan(t), NULL), go_on_recv(full, NULL)) == 0)
            timer_first++;
        else
            go_send(full, 1);
        go_timer_drop(t);
    }
    CHECK(timer_first > rounds / 5 && timer_first < rounds * 4 / 5);
    go_drop(full);
}

static void wait_for(go_chan(int64_t) c, go_chan(int64_t) out)
{
    int64_t at;
    CHECK(go_recv(c, &at));
    go_send(out, at);
    go_drop(c);
}

/* A goroutine that waits is served by the new time, earlier or later. */
static void reset_while_waited_for(void)
{
    go_chan(int64_t) out = go_make(int64_t, 0);
    static const int64_t from[] = { GO_HOUR, MS, GO_FOREVER };
    for (int i = 0; i < 3; i++) {
        int64_t at, d = i == 1 ? 5 * MS : MS;
        go_timer *t = go_timer_new(from[i]);
        go(wait_for, go_hold(go_timer_chan(t)), out);
        go_sleep(MS / 2);
        int64_t start = go_now();
        bool in_time = go_timer_reset(t, d);
        CHECK(in_time || i == 1); /* the machine may have been busy for long */
        go_recv(out, &at);
        CHECK(!in_time || (at >= start + d && at <= go_now()));
        go_timer_drop(t);
    }
    go_drop(out);
}

/* One value, two that wait: the other waits for the next. */
static void two_receivers(void)
{
    go_chan(int64_t) out = go_make(int64_t, 0);
    go_timer *t = go_timer_new(MS);
    int64_t first, second;
    for (int i = 0; i < 2; i++)
        go(wait_for, go_hold(go_timer_chan(t)), out);
    go_recv(out, &first);
    CHECK_EQ(go_recv_until(out, &second, go_now() + 2 * MS), -ETIMEDOUT);
    CHECK(!go_timer_reset(t, MS));
    go_recv(out, &second);
    CHECK(second > first);
    go_timer_drop(t);
    go_drop(out);
}

/* Who holds the channel goes on with it when the handle is gone. */
static void channel_outlives_handle(void)
{
    go_timer *t = go_timer_new(MS);
    go_chan(int64_t) c = go_hold(go_timer_chan(t));
    go_timer_drop(t);
    CHECK(go_recv(c, NULL));
    go_drop(c);
    go_timer_drop(NULL);
    CHECK(!go_timer_chan(NULL));
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        delivers_once();
        looks_unbuffered();
        late_receive();
        nothing_stale(false);
        nothing_stale(true);
        past_and_never();
        in_a_select();
        fair_with_others();
        reset_while_waited_for();
        two_receivers();
        channel_outlives_handle();
    }
}

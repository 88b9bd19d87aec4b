/* SPDX-License-Identifier: MIT */
/* go_after: the value comes once and not too early, and the drop may come before,
 * after, and while the timer fires. */
#include "chan/chan.h"
#include "check.h"
#include "timer/go_timer.h"

#include <errno.h>
#include <goroutine.h>

static void comes_once(void)
{
    for (int64_t d = -GO_MILLISECOND; d <= 3 * GO_MILLISECOND; d += GO_MILLISECOND) {
        int64_t begin = go_now(), at = 0;
        go_chan(int64_t) c = go_after(d);
        CHECK_EQ(go_len(c), 0);
        CHECK_EQ(go_cap(c), 0); /* as in Go since 1.23 */
        CHECK(go_recv(c, &at));
        CHECK(at >= begin + (d > 0 ? d : 0));
        CHECK(at <= go_now());
        CHECK_EQ(go_try_recv(c, &at), -EAGAIN);
        CHECK_EQ(go_recv_until(c, &at, go_now() + GO_MILLISECOND), -ETIMEDOUT);
        go_drop(c);
    }
}

static void never(void)
{
    int64_t d[] = { GO_FOREVER, GO_FOREVER - 1, 1000 * GO_HOUR };
    for (int i = 0; i < 3; i++) {
        go_chan(int64_t) c = go_after(d[i]);
        CHECK_EQ(go_try_recv(c, NULL), -EAGAIN);
        go_drop(c);
    }
}

/* Around the moment of firing, so that drop and receive meet the timer on its way. */
static void races(void)
{
    int rounds = test_scale(3000, 300), values = 0;
    for (int i = 0; i < rounds; i++) {
        int64_t d = (i % 60 + 1) * GO_MICROSECOND, at;
        go_chan(int64_t) c = go_after(d);
        int64_t until = go_now() + (i / 60 % 60 + 1) * GO_MICROSECOND;
        int err = go_recv_until(c, &at, until);
        CHECK(err == 0 || err == -ETIMEDOUT);
        values += err == 0;
        go_drop(c);
    }
    CHECK(values > 0);
}

static void held_by_others(void)
{
    go_chan(int64_t) c = go_after(GO_MILLISECOND);
    go_hold(c);
    go_drop(c);
    CHECK(go_recv(c, NULL));
    go_drop(c);
}

static struct timer *alarm_of(go_chan(int64_t) c)
{
    return &((struct go_chan_ *)c)->timer->timer;
}

static void verify(go_chan(int64_t) c)
{
    chan_verify((struct go_chan_ *)c);
}

/* In the heap only for who waits. */
static void lazy(void)
{
    go_chan(int64_t) c = go_after(GO_HOUR);
    CHECK_EQ(ld_relaxed(&alarm_of(c)->state), TIMER_IDLE);
    CHECK_EQ(go_recv_until(c, NULL, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(ld_relaxed(&alarm_of(c)->state), TIMER_ARMED);
    verify(c);
    go_drop(c);

    c = go_after(GO_MILLISECOND);
    int early = go_recv_until(c, NULL, go_now() + 100 * GO_MICROSECOND);
    go_sleep(2 * GO_MILLISECOND);
    while (ld_acquire(&alarm_of(c)->state) != TIMER_IDLE)
        go_yield(); /* the heap lets go of it, with nobody to serve */
    verify(c);
    CHECK_EQ(go_try_recv(c, NULL), early ? 0 : -EAGAIN); /* early: the machine stood still */
    verify(c);
    go_drop(c);
}

static void send_to(go_chan(int64_t) c)
{
    go_send(c, 1);
    go_drop(c);
}

/* A user who closes it, or sends: neither is for him to do, but nothing breaks. */
static void misused(void)
{
    go_chan(int64_t) a = go_after(20 * GO_MILLISECOND), b = go_after(GO_HOUR);
    int64_t v = 7;
    CHECK_EQ(go_recv_until(a, &v, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    go_close(a);
    go_sleep(20 * GO_MILLISECOND);
    CHECK(!go_recv(a, &v));
    CHECK_EQ(v, 0);
    go(send_to, go_hold(b));
    CHECK(go_recv(b, &v));
    CHECK_EQ(v, 1);
    CHECK_EQ(go_try_recv(b, &v), -EAGAIN);
    verify(a);
    verify(b);
    go_drop(a);
    go_drop(b);
}

int main(void)
{
    comes_once();
    never();
    races();
    held_by_others();
    lazy();
    misused();
}

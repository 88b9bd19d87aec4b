/* SPDX-License-Identifier: MIT */
/* go_after: the value comes once and not too early, and the drop may come before,
 * after, and while the timer fires. */
#include "chan/chan.h"
#include "check.h"
#include "timer/timer.h"

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

static void fired(go_chan(int64_t) c)
{
    while (ld_acquire(&((struct go_chan_ *)c)->timer->state) != TIMER_IDLE)
        go_yield();
}

/* A user who closes or fills it: the timer finds nothing to do. */
static void misused(void)
{
    go_chan(int64_t) a = go_after(GO_MILLISECOND), b = go_after(GO_MILLISECOND);
    go_close(a);
    go_send(b, 1);
    fired(a);
    fired(b);
    int64_t v = 7;
    CHECK(!go_recv(a, &v));
    CHECK_EQ(v, 0);
    CHECK(go_recv(b, &v));
    CHECK_EQ(v, 1);
    CHECK_EQ(go_try_recv(b, &v), -EAGAIN);
    chan_verify((struct go_chan_ *)a);
    chan_verify((struct go_chan_ *)b);
    go_drop(a);
    go_drop(b);
}

int main(void)
{
    comes_once();
    never();
    races();
    held_by_others();
    misused();
}

/* SPDX-License-Identifier: MIT */
/* Goroutines that wait on a channel: first come first served, direct hand-off, the
 * queue's state while they wait, and what a close does to them. */
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>

enum { N = 50 };

static struct go_chan_ *c;
static int got[N], done, with_value;

static void finished(bool ok)
{
    add_relaxed(&with_value, ok);
    add_seq(&done, 1);
}

static void receiver(int i)
{
    finished(go_chan_recv_(c, &got[i]));
}

static void sender(int i)
{
    go_chan_send_(c, &i);
    finished(true);
}

static uint32_t waiting(go_waitq_ *q)
{
    chan_lock(&m_none, c);
    uint32_t n = q->len_;
    chan_unlock(&m_none, c);
    return n;
}

/* Each is in the queue before the next one comes. */
static void start(void (*f)(int), go_waitq_ *q)
{
    done = with_value = 0;
    for (int i = 0; i < N; i++) {
        got[i] = -1;
        go(f, i);
        while (waiting(q) != (uint32_t)i + 1)
            go_yield();
    }
    chan_verify(c);
}

static void finish(int n)
{
    while (ld_seq(&done) < n)
        go_yield();
    chan_verify(c);
    CHECK_EQ(waiting(&c->recvq), 0);
    CHECK_EQ(waiting(&c->sendq), 0);
}

static void receivers_in_order(int64_t cap)
{
    c = go_chan_make_(sizeof(int), cap);
    start(receiver, &c->recvq);
    for (int i = 0; i < N; i++) {
        int v = 1000 + i;
        CHECK_EQ(go_chan_try_send_(c, &v), 0);
        CHECK_EQ(go_chan_len_(c), 0); /* handed over, not put into the ring */
        CHECK_EQ(got[i], v);
        chan_verify(c);
    }
    finish(N);
    CHECK_EQ(with_value, N);
    go_chan_drop_(c);
}

static void senders_in_order(int cap)
{
    c = go_chan_make_(sizeof(int), cap);
    for (int i = -cap; i < 0; i++)
        CHECK_EQ(go_chan_try_send_(c, &i), 0);
    start(sender, &c->sendq);
    for (int i = -cap; i < N; i++) {
        int v;
        CHECK_EQ(go_chan_len_(c), i < N - cap ? cap : N - i);
        CHECK_EQ(go_chan_try_recv_(c, &v), 0);
        CHECK_EQ(v, i);
        chan_verify(c);
    }
    finish(N);
    CHECK_EQ(with_value, N);
    go_chan_drop_(c);
}

static void close_wakes_receivers(void)
{
    c = go_chan_make_(sizeof(int), 3);
    start(receiver, &c->recvq);
    go_chan_close_(c);
    chan_verify(c);
    finish(N);
    CHECK_EQ(with_value, 0);
    for (int i = 0; i < N; i++)
        CHECK_EQ(got[i], 0);
    go_chan_drop_(c);
}

/* Dead waiters, those whose deadline has passed or whose select went elsewhere,
 * do not stand in the way of live ones. */
static void timed(int i)
{
    int v = i;
    CHECK_EQ(go_chan_recv_until_(c, &v, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(v, i);
    finished(false);
}

static void deadlines_leave_nothing(void)
{
    c = go_chan_make_(sizeof(int), 0);
    done = 0;
    for (int i = 0; i < N; i++)
        go(timed, i);
    finish(N);
    int v = 1;
    CHECK_EQ(go_chan_send_until_(c, &v, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_chan_send_until_(c, &v, 0), -ETIMEDOUT);
    CHECK_EQ(go_chan_recv_until_(c, &v, 0), -ETIMEDOUT);
    finish(N);
    go_chan_drop_(c);
}

/* What can be done at once is done, however late it is. */
static void past_deadline_tries_once(void)
{
    c = go_chan_make_(sizeof(int), 1);
    int v = 5;
    CHECK_EQ(go_chan_send_until_(c, &v, 0), 0);
    CHECK_EQ(go_chan_send_until_(c, &v, 0), -ETIMEDOUT);
    CHECK_EQ(go_chan_recv_until_(c, &v, INT64_MIN), 0);
    CHECK_EQ(v, 5);
    go_chan_close_(c);
    CHECK_EQ(go_chan_recv_until_(c, &v, 0), -EPIPE);
    CHECK_EQ(v, 0);
    CHECK_EQ(go_chan_recv_until_(c, &v, GO_FOREVER), -EPIPE);
    go_chan_drop_(c);
}

static void late_sender(void)
{
    int v = 42;
    go_chan_send_(c, &v);
    finished(true);
}

static void deadline_not_reached(void)
{
    int64_t limit[] = { go_now() + 10 * GO_SECOND, GO_FOREVER };
    for (int i = 0; i < 2; i++) {
        c = go_chan_make_(sizeof(int), 0);
        done = 0;
        go(late_sender);
        int v = 0;
        CHECK_EQ(go_chan_recv_until_(c, &v, limit[i]), 0);
        CHECK_EQ(v, 42);
        finish(1);
        go_chan_drop_(c);
    }
}

/* The goroutine that received may free the channel before the sender, or the
 * closer, has returned. */
static void last_words(struct go_chan_ *ch)
{
    int v = 1;
    go_chan_send_(ch, &v);
    go_chan_close_(ch);
    finished(true);
}

static void drop_at_once(void)
{
    done = 0;
    int rounds = test_scale(20000, 1000);
    for (int i = 0; i < rounds; i++) {
        struct go_chan_ *ch = go_chan_make_(sizeof(int), i & 1);
        int v;
        go(last_words, ch);
        CHECK(go_chan_recv_(ch, &v));
        CHECK(!go_chan_recv_(ch, &v));
        memset(ch, 0x55, offsetof(struct go_chan_, timer));
        ch->recvq.len_ = ch->sendq.len_ = 0;
        go_chan_drop_(ch);
    }
    while (ld_seq(&done) < rounds)
        go_yield();
}

int main(void)
{
    go_maxprocs(1);
    for (int cap = 0; cap <= 3; cap++) {
        receivers_in_order(cap);
        senders_in_order(cap);
    }
    close_wakes_receivers();
    deadlines_leave_nothing();
    past_deadline_tries_once();
    deadline_not_reached();
    go_maxprocs(4);
    drop_at_once();
}

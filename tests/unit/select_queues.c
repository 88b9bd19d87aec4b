/* SPDX-License-Identifier: MIT */
/* What a select leaves in the queues: one waiter a case while it waits, none of its
 * own after, all of the others'; dead waiters that nobody trips over. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>

enum { CHANS = 3, SELECTS = 20 };

static struct go_chan_ *c[CHANS];
static int done, chosen[SELECTS], got[SELECTS];

static uint32_t waiting(go_waitq_ *q, struct go_chan_ *ch)
{
    chan_lock(&m_none, ch);
    uint32_t n = q->len_;
    chan_unlock(&m_none, ch);
    return n;
}

static void until_waiting(go_waitq_ *q, struct go_chan_ *ch, uint32_t n)
{
    while (waiting(q, ch) != n)
        go_yield();
}

static void until_done(int n)
{
    while (ld_seq(&done) < n)
        go_yield();
}

static void verify_all(void)
{
    for (int i = 0; i < CHANS; i++)
        chan_verify(c[i]);
}

static void make_all(int64_t cap)
{
    done = 0;
    for (int i = 0; i < CHANS; i++)
        c[i] = go_chan_make_(sizeof(int), cap);
}

static void drop_all(void)
{
    for (int i = 0; i < CHANS; i++) {
        chan_verify(c[i]);
        CHECK(!c[i]->recvq.head_ && !c[i]->sendq.head_);
        go_chan_drop_(c[i]);
    }
}

static void recv_any(int id)
{
    struct go_case k[CHANS];
    for (int i = 0; i < CHANS; i++)
        k[i] = (struct go_case){ GO_CASE_RECV_, c[i], &got[id], 0 };
    chosen[id] = go_select_(k, CHANS);
    add_seq(&done, 1);
}

/* The n-th select in the queue of any channel is the n-th that came; one that was
 * taken through another channel is gone from all. */
static void losers_leave(void)
{
    make_all(0);
    for (int i = 0; i < SELECTS; i++) {
        go(recv_any, i);
        for (int j = 0; j < CHANS; j++)
            until_waiting(&c[j]->recvq, c[j], (uint32_t)i + 1);
        verify_all();
    }
    for (int i = 0; i < SELECTS; i++) {
        int v = 100 + i, by = (i * 7 + i / 3) % CHANS;
        CHECK_EQ(go_chan_try_send_(c[by], &v), 0); /* though dead ones may lie before */
        CHECK_EQ(got[i], v);
        verify_all();
        if (i % 2) { /* let them take back what lost */
            until_done(i + 1);
            for (int j = 0; j < CHANS; j++)
                CHECK_EQ(waiting(&c[j]->recvq, c[j]), SELECTS - 1 - i);
        }
    }
    until_done(SELECTS);
    for (int i = 0; i < SELECTS; i++)
        CHECK_EQ(chosen[i], (i * 7 + i / 3) % CHANS);
    int v = 0;
    CHECK(go_chan_try_send_(c[0], &v) != 0); /* nobody there */
    drop_all();
}

static void plain_recv(int id)
{
    CHECK(go_chan_recv_(c[0], &got[id]));
    add_seq(&done, 1);
}

/* A select between two plain receivers that goes elsewhere. */
static void losers_between_others(void)
{
    make_all(0);
    go(plain_recv, 0);
    until_waiting(&c[0]->recvq, c[0], 1);
    go(recv_any, 1);
    until_waiting(&c[0]->recvq, c[0], 2);
    go(plain_recv, 2);
    until_waiting(&c[0]->recvq, c[0], 3);
    for (int i = 0; i < 3; i++) {
        static const int who[3] = { 1, 0, 2 }, by[3] = { 2, 0, 0 };
        int v = 50 + i;
        CHECK_EQ(go_chan_try_send_(c[by[i]], &v), 0);
        until_done(i + 1);
        CHECK_EQ(got[who[i]], v);
        verify_all();
    }
    drop_all();
}

static void both_sides(int id)
{
    int v = id;
    struct go_case k[] = { { GO_CASE_SEND_, c[0], &v, 0 },
                           { GO_CASE_RECV_, c[0], &got[id], 0 },
                           { GO_CASE_SEND_, c[0], &v, 0 } };
    chosen[id] = go_select_(k, 3);
    add_seq(&done, 1);
}

/* Alone it waits for ever on both sides of one channel; two of them meet. */
static void not_itself(void)
{
    make_all(0);
    for (int i = 0; i < SELECTS; i += 2) {
        got[0] = got[1] = -1;
        done = 0;
        go(both_sides, 0);
        until_waiting(&c[0]->recvq, c[0], 1);
        until_waiting(&c[0]->sendq, c[0], 2);
        chan_verify(c[0]); /* C1: one select on both sides */
        for (int j = 0; j < 10; j++)
            go_yield();
        CHECK_EQ(ld_seq(&done), 0);
        go(both_sides, 1);
        until_done(2);
        CHECK((chosen[0] == 1) != (chosen[1] == 1)); /* one sent, one received */
        CHECK_EQ(got[0], chosen[0] == 1 ? 1 : -1);
        CHECK_EQ(got[1], chosen[1] == 1 ? 0 : -1);
        chan_verify(c[0]);
    }
    drop_all();
}

/* Closing one channel ends every select that receives from it. */
static void close_ends_all(void)
{
    make_all(2);
    for (int i = 0; i < SELECTS; i++) {
        got[i] = -1;
        go(recv_any, i);
    }
    until_waiting(&c[1]->recvq, c[1], SELECTS);
    go_chan_close_(c[1]);
    verify_all();
    until_done(SELECTS);
    for (int i = 0; i < SELECTS; i++) {
        CHECK_EQ(chosen[i], 1);
        CHECK_EQ(got[i], 0);
    }
    drop_all();
}

/* Nothing is left, however often a select looks or waits. */
static void no_leak(void)
{
    make_all(0);
    int rounds = test_scale(100000, 2000), v;
    struct go_case k[] = { { GO_CASE_RECV_, c[0], &v, 0 },
                           { GO_CASE_RECV_, c[1], &v, 0 },
                           { GO_CASE_SEND_, c[2], &v, 0 },
                           go_default() };
    for (int i = 0; i < rounds; i++) {
        if (i % 100 == 0) {
            k[3] = go_on_deadline(go_now() + 1);
            CHECK_EQ(go_select_(k, 4), 3);
        } else {
            k[3] = go_default();
            CHECK_EQ(go_select_(k, 4), 3);
        }
        for (int j = 0; j < CHANS; j++)
            CHECK_EQ(waiting(&c[j]->recvq, c[j]) + waiting(&c[j]->sendq, c[j]), 0);
    }
    drop_all();
}

int main(void)
{
    losers_leave();
    losers_between_others();
    not_itself();
    close_ends_all();
    no_leak();
}

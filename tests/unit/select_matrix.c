/* SPDX-License-Identifier: MIT */
/* Select over every state that a channel can be in, in both directions, alone and
 * beside a default, a deadline and other cases. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>

enum state {
    NIL,
    OPEN_EMPTY,
    OPEN_FULL,
    OPEN_ROOM,
    RENDEZVOUS,
    CLOSED_EMPTY,
    CLOSED_VALUE,
    STATES
};
enum { VALUE = 77, NEW = 5 };

/* Room for every shape of select: alone, with one more, with many. */
enum { PLAIN, PADDED, MANY, SHAPES };
enum { PAD = 1, CROWD = 40 };

static struct go_chan_ *make(enum state st)
{
    static const int64_t cap[STATES] = { 0, 2, 2, 2, 0, 2, 2 };
    int v = VALUE;
    if (st == NIL)
        return NULL;
    struct go_chan_ *c = go_chan_make_(sizeof(int), cap[st]);
    int n = st == OPEN_FULL ? 2 : st == OPEN_ROOM || st == CLOSED_VALUE ? 1 : 0;
    for (int i = 0; i < n; i++)
        go_chan_send_(c, &v);
    if (st == CLOSED_EMPTY || st == CLOSED_VALUE)
        go_chan_close_(c);
    return c;
}

static bool may_recv(enum state st)
{
    return st == OPEN_FULL || st == OPEN_ROOM || st == CLOSED_EMPTY || st == CLOSED_VALUE;
}

static bool may_send(enum state st)
{
    return st == OPEN_EMPTY || st == OPEN_ROOM;
}

static bool has_value(enum state st)
{
    return st == OPEN_FULL || st == OPEN_ROOM || st == CLOSED_VALUE;
}

/* One select with the case k among others of the shape, and a way out of it.
 * Returns whether the case was chosen. */
static bool choose(struct go_case k, int shape, struct go_case out)
{
    struct go_case cases[CROWD + 2];
    struct go_chan_ *idle = go_chan_make_(sizeof(int), 0);
    int pad = shape == PLAIN ? 0 : shape == PADDED ? PAD : CROWD, n = 0, other = -1;
    for (int i = 0; i < pad; i++)
        cases[n++] = (struct go_case){ GO_CASE_RECV_, i % 2 ? NULL : idle, &other, 0 };
    int mine = pad / 2;
    cases[n] = cases[mine];
    cases[mine] = k;
    n++;
    cases[n++] = out;
    int chosen = go_select_(cases, n);
    CHECK(chosen == mine || chosen == n - 1);
    CHECK_EQ(other, -1);
    chan_verify(idle);
    CHECK(!idle->recvq.head_ && !idle->sendq.head_);
    go_chan_drop_(idle);
    return chosen == mine;
}

static void check_after(struct go_chan_ *c)
{
    if (!c)
        return;
    chan_verify(c);
    CHECK(!c->recvq.head_ && !c->sendq.head_);
    go_chan_drop_(c);
}

static void one(enum state st, int shape, bool deadline)
{
    struct go_case out = deadline ? go_on_timeout(20 * GO_MICROSECOND) : go_default();
    struct go_chan_ *c = make(st);
    int v = NEW;
    bool chosen = choose((struct go_case){ GO_CASE_RECV_, c, &v, 0 }, shape, out);
    CHECK_EQ(chosen, may_recv(st));
    CHECK_EQ(go_selected_ok(), chosen && has_value(st));
    CHECK_EQ(v, !chosen ? NEW : has_value(st) ? VALUE : 0);
    check_after(c);

    if (st == CLOSED_EMPTY || st == CLOSED_VALUE)
        return; /* panics: a crash test */
    c = make(st);
    v = NEW;
    size_t before = go_chan_len_(c);
    chosen = choose((struct go_case){ GO_CASE_SEND_, c, &v, 0 }, shape, out);
    CHECK_EQ(chosen, may_send(st));
    CHECK(!go_selected_ok());
    CHECK_EQ(go_chan_len_(c), before + chosen);
    check_after(c);
}

static void blocked_receiver(struct go_chan_ *c, int *v, int *done)
{
    go_chan_recv_(c, v);
    st_release(done, 1);
}

static void blocked_sender(struct go_chan_ *c, int *v, int *done)
{
    go_chan_send_(c, v);
    st_release(done, 1);
}

static void until_waits(struct go_chan_ *c, go_waitq_ *q)
{
    for (bool there = false; !there; go_yield()) {
        chan_lock(&m_none, c);
        there = q->len_ > 0;
        chan_unlock(&m_none, c);
    }
}

/* A peer that waits makes the case ready. */
static void with_peer(int shape, bool deadline)
{
    struct go_case out = deadline ? go_on_timeout(GO_HOUR) : go_default();
    for (int send = 0; send < 2; send++) {
        struct go_chan_ *c = make(RENDEZVOUS);
        int theirs = VALUE, mine = NEW, done = 0;
        if (send)
            go(blocked_receiver, c, &theirs, &done);
        else
            go(blocked_sender, c, &theirs, &done);
        until_waits(c, send ? &c->recvq : &c->sendq);
        struct go_case k = { send ? GO_CASE_SEND_ : GO_CASE_RECV_, c, &mine, 0 };
        CHECK(choose(k, shape, out));
        CHECK_EQ(go_selected_ok(), !send);
        while (!ld_acquire(&done))
            go_yield();
        CHECK_EQ(mine, send ? NEW : VALUE);
        CHECK_EQ(theirs, send ? NEW : VALUE);
        check_after(c);
    }
}

/* The earliest of several deadlines; one that has passed lets a ready case win. */
static void deadlines(void)
{
    struct go_chan_ *c = make(RENDEZVOUS), *full = make(OPEN_FULL);
    int64_t now = go_now();
    struct go_case k[] = { go_on_deadline(GO_FOREVER),
                           { GO_CASE_RECV_, c, NULL, 0 },
                           go_on_deadline(now + GO_HOUR),
                           go_on_deadline(now + GO_MILLISECOND),
                           go_on_deadline(now + GO_MINUTE) };
    CHECK_EQ(go_select_(k, 5), 3);
    CHECK(go_now() >= now + GO_MILLISECOND);
    CHECK(!go_selected_ok());
    k[3].when = 0;
    CHECK_EQ(go_select_(k, 5), 3);
    k[1].chan = full;
    CHECK_EQ(go_select_(k, 5), 1);
    CHECK(go_selected_ok());

    struct go_case alone = go_on_timeout(GO_MILLISECOND);
    now = go_now();
    CHECK_EQ(go_select_(&alone, 1), 0);
    CHECK(go_now() >= now + GO_MILLISECOND);

    struct go_case both[] = { go_default(), go_on_deadline(0) };
    CHECK_EQ(go_select_(both, 2), 1); /* the deadline is ready, so no default */
    both[1].when = GO_FOREVER;
    CHECK_EQ(go_select_(both, 2), 0);
    check_after(c);
    check_after(full);
}

int main(void)
{
    for (int shape = 0; shape < SHAPES; shape++)
        for (int deadline = 0; deadline < 2; deadline++) {
            for (int st = 0; st < STATES; st++)
                one((enum state)st, shape, deadline);
            with_peer(shape, deadline);
        }
    deadlines();
}

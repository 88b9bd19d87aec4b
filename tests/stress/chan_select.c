/* SPDX-License-Identifier: MIT */
/* Selects against selects: everybody sends to and receives from the same channels
 * in ever other orders.  What was sent is what was received, no case that lost has
 * touched its variable, nobody sleeps for ever, no two wait for each other's locks. */
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>

enum { MAX_CHANS = 5, PEERS = 12, MAX_CASES = 4 * MAX_CHANS + 2 };

static const int64_t UNTOUCHED = 0x5555555555555555;

static struct go_chan_ *c[MAX_CHANS];
static int n_chans, rounds;
static int64_t sent, n_sent, received, n_received;

struct peer {
    uint32_t seed;
    int64_t sent, n_sent, received, n_received;
    int64_t value, got[MAX_CASES];
};

static uint32_t next(struct peer *p)
{
    p->seed = p->seed * 1664525 + 1013904223;
    return p->seed >> 8;
}

/* Now and then each channel twice: then they are many, and are sorted otherwise. */
static int some_cases(struct peer *p, struct go_case *k)
{
    int n = 0, times = next(p) % 4 == 0 ? 2 : 1;
    uint32_t sides = 1 + next(p) % 3, first = next(p);
    for (int i = 0; i < times * n_chans; i++) {
        struct go_chan_ *ch = c[(first + (uint32_t)i) % (uint32_t)n_chans];
        if (sides & 1) {
            k[n] = (struct go_case){ GO_CASE_RECV_, ch, &p->got[n], 0 };
            n++;
        }
        if (sides & 2)
            k[n++] = (struct go_case){ GO_CASE_SEND_, ch, &p->value, 0 };
    }
    return n;
}

static void one_select(struct peer *p, int i)
{
    struct go_case k[MAX_CASES];
    p->value = next(p);
    for (int j = 0; j < MAX_CASES; j++)
        p->got[j] = UNTOUCHED;
    int n = some_cases(p, k), all = n;
    k[all++] = go_on_timeout((int64_t)(next(p) % 30) * GO_MICROSECOND);
    if (i % 4 == 0)
        k[all++] = go_default();
    int chosen = go_select_(k, all);
    CHECK(chosen >= 0 && chosen < all);
    for (int j = 0; j < n; j++)
        if (j != chosen || k[j].kind == GO_CASE_SEND_)
            CHECK_EQ(p->got[j], UNTOUCHED);
    if (chosen >= n)
        return;
    if (k[chosen].kind == GO_CASE_SEND_) {
        p->sent += p->value;
        p->n_sent++;
    } else {
        CHECK(go_selected_ok());
        p->received += p->got[chosen];
        p->n_received++;
    }
}

static void peer(uint32_t seed, go_waitgroup *wg)
{
    struct peer p = { .seed = seed };
    for (int i = 0; i < rounds; i++)
        one_select(&p, i);
    add_seq(&sent, p.sent);
    add_seq(&n_sent, p.n_sent);
    add_seq(&received, p.received);
    add_seq(&n_received, p.n_received);
    go_waitgroup_done(wg);
}

static void drain(struct go_chan_ *ch)
{
    int64_t v;
    chan_verify(ch);
    CHECK(!ch->recvq.head_ && !ch->sendq.head_);
    while (go_chan_try_recv_(ch, &v) == 0) {
        received += v;
        n_received++;
    }
    go_chan_drop_(ch);
}

static void round_of(int chans, int64_t cap)
{
    go_waitgroup wg = { 0 };
    n_chans = chans;
    sent = n_sent = received = n_received = 0;
    for (int i = 0; i < chans; i++)
        c[i] = go_chan_make_(sizeof(int64_t), cap);
    go_waitgroup_add(&wg, PEERS);
    for (uint32_t i = 0; i < PEERS; i++)
        go(peer, i * 77 + 1, &wg);
    while (go_waitgroup_wait_until(&wg, go_now() + GO_MILLISECOND))
        for (int i = 0; i < chans; i++)
            chan_verify(c[i]);
    for (int i = 0; i < chans; i++)
        drain(c[i]);
    CHECK(n_sent > 0);
    CHECK_EQ(n_sent, n_received);
    CHECK_EQ(sent, received);
}

int main(void)
{
    rounds = test_scale(4000, 200);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int chans = 1; chans <= MAX_CHANS; chans++)
            for (int64_t cap = 0; cap <= 2; cap++)
                round_of(chans, cap);
    }
}

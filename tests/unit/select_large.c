/* SPDX-License-Identifier: MIT */
/* Selects of many cases: memory of their own, order of locks by sorting, the same
 * channel many times, the largest number there is. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>

enum { MOST = 65536 };

static struct go_chan_ **c;
static struct go_case *k;
static int got, chosen, done;

static void wait_in_select(int n)
{
    chosen = go_select_cases(k, n);
    st_release(&done, 1);
}

static bool waits_on(struct go_chan_ *ch)
{
    chan_lock(&m_none, ch);
    bool there = ch->recvq.len_ > 0;
    chan_unlock(&m_none, ch);
    return there;
}

/* A select over n cases on distinct channels, in an order far from sorted, ended
 * through one of them. */
static void parked(int n, int distinct, int by)
{
    for (int i = 0; i < n; i++)
        k[i] = (struct go_case){ GO_CASE_RECV_, c[(int)((uint32_t)i * 40503u % (uint32_t)distinct)],
                                 &got, 0 };
    done = 0;
    go(wait_in_select, n);
    while (!waits_on(k[by].chan) || !waits_on(k[n - 1].chan))
        go_yield();
    chan_verify(k[by].chan);
    int v = by;
    CHECK_EQ(go_chan_try_send_(k[by].chan, &v), 0);
    while (!ld_acquire(&done))
        go_yield();
    CHECK(k[chosen].chan == k[by].chan);
    CHECK_EQ(got, by);
    for (int i = 0; i < n; i++)
        CHECK(!k[i].chan->recvq.head_);
    chan_verify(k[by].chan);
}

static void one_ready(int n)
{
    int v = n;
    for (int i = 0; i < n; i++)
        k[i] = (struct go_case){ GO_CASE_RECV_, c[i], &got, 0 };
    go_chan_send_(k[n - 1].chan, &v);
    CHECK_EQ(go_select_cases(k, n), n - 1);
    CHECK_EQ(got, n);
    k[n - 1] = go_default();
    CHECK_EQ(go_select_cases(k, n), n - 1);
}

int main(void)
{
    int most = test_scale(MOST, 2000);
    c = calloc((size_t)most, sizeof(struct go_chan_ *));
    k = calloc((size_t)most, sizeof *k);
    CHECK(c && k);
    for (int i = 0; i < most; i++)
        c[i] = go_chan_make_(sizeof(int), 1);

    for (int n = 3; n < 70; n++) {
        parked(n, n, n / 3);
        parked(n, (n + 3) / 4, n - 1);
        parked(n, 1, 0);
    }
    parked(1000, 1000, 999);
    parked(1000, 37, 5);
    parked(most, most, most / 2);
    one_ready(17);
    one_ready(most);

    for (int i = 0; i < most; i++)
        go_chan_drop_(c[i]);
    free(c);
    free(k);
}

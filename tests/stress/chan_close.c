/* SPDX-License-Identifier: MIT */
/* Close against everything that may wait or come: each value sent before it is
 * received once, each receiver and each select sees the end, and whoever has seen
 * the end may free the channel. */
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>

enum { READERS = 6 };

static struct go_chan_ *c, *silent, *unread; /* the last two nobody else uses */
static int64_t sum;
static int ends;

static void seen_end(go_waitgroup *wg)
{
    add_seq(&ends, 1);
    go_chan_drop_(c);
    go_waitgroup_done(wg);
}

static void reader(int how, go_waitgroup *wg)
{
    int64_t mine = 0;
    int v = -1;
    for (;;) {
        struct go_case k[] = { { GO_CASE_RECV_, silent, NULL, 0 },
                               { GO_CASE_RECV_, c, &v, 0 },
                               { GO_CASE_RECV_, c, &v, 0 },
                               { GO_CASE_SEND_, unread, &v, 0 },
                               go_on_deadline(GO_FOREVER) };
        bool ok;
        if (how == 0) {
            ok = go_chan_recv_(c, &v);
        } else if (how == 1) {
            ok = go_chan_recv_until_(c, &v, go_now() + GO_HOUR) == 0;
        } else {
            CHECK(go_select_(k, 5) % 3 != 0);
            ok = go_selected_ok();
        }
        if (!ok)
            break;
        mine += v;
    }
    CHECK_EQ(v, 0);
    add_seq(&sum, mine);
    seen_end(wg);
}

static void writer(int n, go_waitgroup *wg)
{
    for (int i = 1; i <= n; i++)
        go_chan_send_(c, &i);
    go_chan_close_(c);
    go_waitgroup_done(wg);
}

static void round_of(int r)
{
    go_waitgroup wg = { 0 };
    int n = r % 40;
    sum = ends = 0;
    c = go_chan_make_(sizeof(int), r % 4);
    go_waitgroup_add(&wg, READERS + 1);
    for (int i = 0; i < READERS; i++) {
        go_chan_hold_(c);
        go(reader, i % 3, &wg);
    }
    if (r % 3 == 0)
        go_yield();
    go(writer, n, &wg);
    go_waitgroup_wait(&wg);
    CHECK_EQ(ends, READERS);
    CHECK_EQ(sum, n * (n + 1) / 2);
    chan_verify(c);
    chan_verify(silent);
    chan_verify(unread);
    CHECK(!c->recvq.head_ && !silent->recvq.head_ && !unread->sendq.head_);
    CHECK_EQ(c->holders, 1);
    go_chan_drop_(c);
}

int main(void)
{
    int rounds = test_scale(3000, 150);
    silent = go_chan_make_(sizeof(int), 0);
    unread = go_chan_make_(sizeof(int), 0);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int r = 0; r < rounds; r++)
            round_of(r);
    }
    go_chan_drop_(silent);
    go_chan_drop_(unread);
}

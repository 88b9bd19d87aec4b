/* SPDX-License-Identifier: MIT */
/* Many senders, many receivers, every way to send and to receive: sums are exact,
 * and the channel is sound after each round. */
#include "chan/chan.h"
#include "check.h"

#include <errno.h>
#include <goroutine.h>

enum { PEERS = 8 };

static int per_sender;
static struct go_chan_ *c;
static int64_t sent, received;
static int64_t n_received;

static void send_some(int id, go_waitgroup *wg)
{
    int64_t mine = 0;
    for (int i = 0; i < per_sender; i++) {
        int64_t v = (int64_t)id * 1000003 + i;
        mine += v;
        if (i % 7 == 0)
            while (go_chan_try_send_(c, &v) == -EAGAIN)
                go_yield();
        else if (i % 11 == 0)
            while (go_chan_send_until_(c, &v, go_now() + 50 * GO_MICROSECOND))
                ;
        else
            go_chan_send_(c, &v);
    }
    add_seq(&sent, mine);
    go_waitgroup_done(wg);
}

static int receive(unsigned i, int64_t *v)
{
    if (i % 5 == 0)
        return go_chan_recv_until_(c, v, go_now() + 30 * GO_MICROSECOND);
    if (i % 3 == 0)
        return go_chan_try_recv_(c, v);
    return go_chan_recv_(c, v) ? 0 : -EPIPE;
}

static void receive_all(go_waitgroup *wg)
{
    int64_t mine = 0, n = 0, v;
    int err;
    for (unsigned i = 0; (err = receive(i, &v)) != -EPIPE; i++) {
        if (err == 0)
            mine += v, n++;
        else if (err == -EAGAIN)
            go_yield();
    }
    CHECK_EQ(v, 0);
    add_seq(&received, mine);
    add_seq(&n_received, n);
    go_waitgroup_done(wg);
}

static void round_of(int64_t cap)
{
    go_waitgroup senders = { 0 }, receivers = { 0 };
    sent = received = n_received = 0;
    c = go_chan_make_(sizeof(int64_t), cap);
    for (int i = 0; i < PEERS; i++) {
        go_waitgroup_add(&senders, 1);
        go_waitgroup_add(&receivers, 1);
        go(send_some, i + 1, &senders);
        go(receive_all, &receivers);
    }
    while (go_waitgroup_wait_until(&senders, go_now() + GO_MILLISECOND))
        chan_verify(c);
    go_chan_close_(c);
    go_waitgroup_wait(&receivers);
    chan_verify(c);
    CHECK_EQ(n_received, (int64_t)PEERS * per_sender);
    CHECK_EQ(sent, received);
    go_chan_drop_(c);
}

int main(void)
{
    static const int64_t cap[] = { 0, 1, 2, 7, 128 };
    per_sender = test_scale(20000, 1000);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int i = 0; i < 5; i++)
            round_of(cap[i]);
    }
}

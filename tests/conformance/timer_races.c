/* SPDX-License-Identifier: MIT */
/* Conformance 23 under races: a timer that is stopped or reset just as it fires, while
 * others wait for it, is either delivered once or stopped, never both, never neither.
 * By goroutines and by a foreign thread. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

#define US GO_MICROSECOND

/* What became of the armings of one timer. */
struct ledger {
    go_timer *t;
    go_int64 delivered, prevented, armed;
    go_bool over;
};

static void receiver(struct ledger *l, go_chan(int64_t) c, go_waitgroup *wg)
{
    int64_t at;
    while (!go_bool_load(&l->over)) {
        int err = go_recv_until(c, &at, go_now() + 50 * US);
        CHECK(err == 0 || err == -ETIMEDOUT);
        if (err == 0) {
            CHECK(at <= go_now());
            go_int64_add(&l->delivered, 1);
        }
    }
    go_drop(c);
    go_waitgroup_done(wg);
}

static void selecter(struct ledger *l, go_chan(int64_t) c, go_waitgroup *wg)
{
    go_chan(int) never = go_make(int, 0);
    while (!go_bool_load(&l->over)) {
        int i = go_select(go_on_recv(never, NULL), go_on_recv(c, NULL), go_on_timeout(30 * US));
        if (i == 1)
            go_int64_add(&l->delivered, 1);
    }
    go_drop(never);
    go_drop(c);
    go_waitgroup_done(wg);
}

static void *mover(void *p)
{
    struct ledger *l = p;
    unsigned seed = (unsigned)(uintptr_t)&seed;
    for (int i = test_scale(800, 200); i > 0; i--) {
        seed = seed * 1103515245 + 12345;
        if (seed >> 20 & 3) {
            go_int64_add(&l->armed, 1);
            if (go_timer_reset(l->t, (int64_t)(seed >> 8) % 80 * US - 5 * US))
                go_int64_add(&l->prevented, 1);
        } else if (go_timer_stop(l->t)) {
            go_int64_add(&l->prevented, 1);
        }
        if (seed >> 24 & 1)
            go_sleep((int64_t)(seed >> 16) % 40 * US);
    }
    return NULL;
}

static void move_some(struct ledger *l, go_waitgroup *wg)
{
    mover(l);
    go_waitgroup_done(wg);
}

static void round_of(int movers, int receivers)
{
    struct ledger l = { .t = go_timer_new(GO_HOUR), .armed = { 1 } };
    go_waitgroup moving = { 0 }, receiving = { 0 };
    pthread_t foreign;
    go_waitgroup_add(&moving, movers);
    go_waitgroup_add(&receiving, receivers);
    for (int i = 0; i < receivers; i++)
        if (i % 2)
            go(receiver, &l, go_hold(go_timer_chan(l.t)), &receiving);
        else
            go(selecter, &l, go_hold(go_timer_chan(l.t)), &receiving);
    for (int i = 0; i < movers; i++)
        go(move_some, &l, &moving);
    CHECK_EQ(pthread_create(&foreign, NULL, mover, &l), 0);
    go_waitgroup_wait(&moving);
    go_block(pthread_join, foreign, NULL);
    if (go_timer_stop(l.t))
        go_int64_add(&l.prevented, 1);
    go_bool_store(&l.over, true);
    go_waitgroup_wait(&receiving);
    CHECK_EQ(go_try_recv(go_timer_chan(l.t), NULL), -EAGAIN);
    CHECK_EQ(go_int64_load(&l.armed), go_int64_load(&l.delivered) + go_int64_load(&l.prevented));
    CHECK(go_int64_load(&l.delivered) > 0 && go_int64_load(&l.prevented) > 0);
    go_timer_drop(l.t);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        round_of(1, 1);
        round_of(1, 4);
        round_of(3, 2);
    }
}

/* SPDX-License-Identifier: MIT */
/* Hundreds of goroutines and some foreign threads stop, reset and receive from a few
 * timers and tickers at random, whose number of Ps changes, then verify().  What was
 * armed was delivered or prevented. */
#include "chan/chan.h"
#include "check.h"

#include <goroutine.h>
#include <goroutine/debug.h>
#include <pthread.h>

#define US GO_MICROSECOND

enum { TIMERS = 12, TICKERS = 4, FOREIGN = 3 };

static go_timer *timers[TIMERS];
static go_ticker *tickers[TICKERS];
static go_int64 armed, prevented, delivered, ran, started, cancelled;

static unsigned step(unsigned *seed)
{
    *seed = *seed * 1103515245 + 12345;
    return *seed >> 10;
}

static void count_run(void)
{
    go_int64_add(&ran, 1);
}

static void one_timer(unsigned *seed)
{
    go_timer *t = timers[step(seed) % TIMERS];
    go_chan(int64_t) c = go_timer_chan(t);
    int64_t d = (int64_t)(step(seed) % 300) * US, at;
    switch (step(seed) % 5) {
    case 0:
        if (go_timer_stop(t))
            go_int64_add(&prevented, 1);
        break;
    case 1:
    case 2:
        go_int64_add(&armed, 1);
        if (go_timer_reset(t, d))
            go_int64_add(&prevented, 1);
        break;
    case 3:
        if (go_recv_until(c, &at, go_now() + d) == 0) {
            CHECK(at <= go_now());
            go_int64_add(&delivered, 1);
        }
        break;
    case 4: {
        go_timer *u = timers[step(seed) % TIMERS];
        int i = go_select(go_on_recv(c, &at), go_on_recv(go_timer_chan(u), &at), go_on_timeout(d));
        if (i < 2)
            go_int64_add(&delivered, 1);
        break;
    }
    }
}

static void one_ticker(unsigned *seed)
{
    go_ticker *t = tickers[step(seed) % TICKERS];
    int64_t d = (int64_t)(step(seed) % 300 + 1) * US, at;
    switch (step(seed) % 4) {
    case 0:
        go_ticker_stop(t);
        break;
    case 1:
        go_ticker_reset(t, d);
        break;
    default:
        if (go_recv_until(go_ticker_chan(t), &at, go_now() + d) == 0)
            CHECK(at <= go_now());
    }
}

static void one_function(unsigned *seed)
{
    go_timer *t = go_after_func((int64_t)(step(seed) % 200) * US, count_run);
    go_int64_add(&started, 1);
    if (step(seed) % 2)
        go_sleep((int64_t)(step(seed) % 200) * US);
    if (step(seed) % 2 && go_timer_stop(t))
        go_int64_add(&cancelled, 1);
    go_timer_drop(t);
}

static void work(unsigned seed, int laps)
{
    for (int i = 0; i < laps; i++) {
        unsigned what = step(&seed) % 8;
        if (what == 0)
            one_function(&seed);
        else if (what < 3)
            one_ticker(&seed);
        else
            one_timer(&seed);
    }
}

static void worker(unsigned seed, int laps, go_waitgroup *wg)
{
    work(seed, laps);
    go_waitgroup_done(wg);
}

static void *foreign(void *p)
{
    work((unsigned)(uintptr_t)p, test_scale(200, 40));
    return NULL;
}

static void check_all(void)
{
    go_verify();
    for (int i = 0; i < TIMERS; i++)
        chan_verify((struct go_chan_ *)go_timer_chan(timers[i]));
    for (int i = 0; i < TICKERS; i++)
        chan_verify((struct go_chan_ *)go_ticker_chan(tickers[i]));
}

static void round_of(int n, unsigned seed)
{
    go_waitgroup wg = { 0 };
    pthread_t threads[FOREIGN];
    go_waitgroup_add(&wg, n);
    for (int i = 0; i < n; i++)
        go(worker, seed + (unsigned)i * 31, 20, &wg);
    for (uintptr_t i = 0; i < FOREIGN; i++)
        CHECK_EQ(pthread_create(&threads[i], NULL, foreign, (void *)(seed + i)), 0);
    for (int procs = 1; go_waitgroup_wait_until(&wg, go_now() + 3 * GO_MILLISECOND); procs++) {
        go_maxprocs(1 + procs % 6);
        check_all();
    }
    for (int i = 0; i < FOREIGN; i++)
        go_block(pthread_join, threads[i], NULL);
    check_all();
}

int main(void)
{
    for (int i = 0; i < TIMERS; i++)
        timers[i] = go_timer_new(GO_HOUR);
    for (int i = 0; i < TICKERS; i++)
        tickers[i] = go_ticker_new(GO_MILLISECOND);
    go_int64_store(&armed, TIMERS);
    for (int round = 0; round < test_scale(5, 2); round++)
        round_of(test_scale(400, 60), (unsigned)round * 1009 + 1);
    for (int i = 0; i < TIMERS; i++) {
        if (go_timer_stop(timers[i]))
            go_int64_add(&prevented, 1);
        go_timer_drop(timers[i]);
    }
    for (int i = 0; i < TICKERS; i++)
        go_ticker_drop(tickers[i]);
    CHECK_EQ(go_int64_load(&armed), go_int64_load(&prevented) + go_int64_load(&delivered));
    while (go_int64_load(&ran) != go_int64_load(&started) - go_int64_load(&cancelled))
        go_sleep(GO_MILLISECOND);
    go_verify();
}

/* SPDX-License-Identifier: MIT */
/* Conformance 21: a ping-pong pair on one P, which keeps readying itself, does
 * not keep timers and other goroutines from running.
 *
 * runnext inherits the time slice of who filled it; were it renewed each time,
 * the pair would run for ever.
 * test: serial */
#include "support.h"

#include <goroutine.h>

static bool stop;
static int64_t pings, others;

static void ping(go_chan(int) in, go_chan(int) out, go_waitgroup *wg)
{
    int v;
    while (go_recv(in, &v)) {
        pings += v;
        if (__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
            go_close(out);
            break;
        }
        go_send(out, 1);
    }
    go_waitgroup_done(wg);
}

static void other(go_waitgroup *wg)
{
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        others++;
        go_yield();
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    go_maxprocs(1);
    go_waitgroup wg = { 0 };
    go_chan(int) a = go_make(int, 0);
    go_chan(int) b = go_make(int, 0);
    go_waitgroup_add(&wg, 3);
    go(ping, a, b, &wg);
    go(ping, b, a, &wg);
    go(other, &wg);
    go_send(a, 1);

    int64_t late[101];
    for (int i = 0; i < 101; i++) {
        int64_t start = go_now();
        go_sleep(GO_MILLISECOND);
        late[i] = go_now() - start - GO_MILLISECOND;
    }
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    go_waitgroup_wait(&wg);

    /* A slice is 10 ms; the pair and the other share the P by slices at worst. */
    CHECK(median(late, 101) < test_scale(40, 400) * GO_MILLISECOND);
    CHECK(pings > 100);
    CHECK(others >= 10);
    go_drop(a);
    go_drop(b);
}

/* SPDX-License-Identifier: MIT */
/* Ps taken away and given back at every turn: goroutines that compute, sleep in
 * the kernel, say so with go_block, or wait for OS locks, mixed with ones that
 * only talk; then verify(). */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long guarded;

static void nap(unsigned us)
{
    usleep(us);
}

static void spin_for(int64_t d)
{
    for (int64_t end = go_now() + d; go_now() < end;)
        for (volatile int i = 0; i < 20000; i++)
            ;
}

static void disturb(int kind, int laps, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        switch ((kind + i) % 5) {
        case 0:
            usleep(500);
            break;
        case 1:
            go_block(nap, 300);
            break;
        case 2:
            spin_for(3 * GO_MILLISECOND);
            break;
        case 3:
            pthread_mutex_lock(&lock);
            guarded++;
            usleep(50);
            pthread_mutex_unlock(&lock);
            break;
        case 4:
            go_sleep(100 * GO_MICROSECOND);
            break;
        }
    }
    go_waitgroup_done(wg);
}

static void talk(go_chan(int) in, go_chan(int) out, int laps, go_waitgroup *wg)
{
    int v;
    for (int i = 0; i < laps; i++) {
        CHECK(go_recv(in, &v));
        CHECK_EQ(v, i);
        go_send(out, i);
    }
    go_waitgroup_done(wg);
}

static void drive(go_chan(int) in, go_chan(int) out, int laps, go_waitgroup *wg)
{
    int v;
    for (int i = 0; i < laps; i++) {
        go_send(in, i);
        CHECK(go_recv(out, &v));
        CHECK_EQ(v, i);
    }
    go_waitgroup_done(wg);
}

static void round_of(int procs)
{
    enum { TALKERS = 4 };
    int disturbers = test_scale(30, 8), laps = test_scale(1000, 100);
    go_chan(int) in[TALKERS], out[TALKERS];
    go_waitgroup wg = { 0 };
    go_maxprocs(procs);
    go_waitgroup_add(&wg, disturbers + 2 * TALKERS);
    for (int i = 0; i < TALKERS; i++) {
        in[i] = go_make(int, 0);
        out[i] = go_make(int, 0);
        go(talk, in[i], out[i], laps, &wg);
        go(drive, in[i], out[i], laps, &wg);
    }
    for (int i = 0; i < disturbers; i++)
        go(disturb, i, test_scale(25, 10), &wg);
    go_waitgroup_wait(&wg);
    for (int i = 0; i < TALKERS; i++) {
        go_drop(in[i]);
        go_drop(out[i]);
    }
    go_verify();
}

int main(void)
{
    for (int round = 0; round < test_scale(8, 3); round++)
        round_of(1 + round % 4);
    CHECK(guarded > 0);
}

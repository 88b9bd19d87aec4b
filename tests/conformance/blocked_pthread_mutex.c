/* SPDX-License-Identifier: MIT */
/* Rule D5: goroutines that wait for a pthread_mutex, held by one that blocks or
 * computes, delay nobody but themselves, and the holder gets on.
 * test: serial */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

enum { WAITERS = 8 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int through;
static bool measured;

static void hold_sleeping(go_chan(int) held)
{
    pthread_mutex_lock(&lock);
    go_send(held, 1);
    while (!__atomic_load_n(&measured, __ATOMIC_RELAXED))
        usleep(10 * 1000);
    pthread_mutex_unlock(&lock);
}

static void hold_computing(go_chan(int) held)
{
    pthread_mutex_lock(&lock);
    go_send(held, 1);
    while (!__atomic_load_n(&measured, __ATOMIC_RELAXED))
        ;
    pthread_mutex_unlock(&lock);
}

static void wait_for_it(go_waitgroup *wg)
{
    pthread_mutex_lock(&lock);
    through++;
    pthread_mutex_unlock(&lock);
    go_waitgroup_done(wg);
}

static void run(void (*holder)(go_chan(int)))
{
    go_waitgroup wg = { 0 };
    go_chan(int) held = go_make(int, 1);
    through = 0;
    __atomic_store_n(&measured, false, __ATOMIC_RELAXED);
    go(holder, held);
    go_recv(held, NULL);
    go_waitgroup_add(&wg, WAITERS);
    for (int i = 0; i < WAITERS; i++)
        go(wait_for_it, &wg);

    int64_t trip[51];
    for (int i = 0; i < 51; i++) {
        int64_t start = clock_ns();
        go_sleep(GO_MILLISECOND);
        trip[i] = clock_ns() - start;
    }
    __atomic_store_n(&measured, true, __ATOMIC_RELAXED);
    CHECK(median(trip, 51) < test_scale(11, 100) * GO_MILLISECOND);
    go_waitgroup_wait(&wg);
    CHECK_EQ(through, WAITERS);
    go_drop(held);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        run(hold_sleeping);
        run(hold_computing);
    }
}

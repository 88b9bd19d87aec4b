/* SPDX-License-Identifier: MIT */
/* Threads that are not ours come and go while they and the goroutines use the
 * same channels, locks and timers; then verify(). */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { THREADS = 6, GOROUTINES = 12 };

static go_chan(int) c;
static go_mutex mutex;
static go_rwmutex rwmutex;
static int laps;
static long count, sent, received;

static void take_part(unsigned seed)
{
    for (int i = 0; i < laps; i++) {
        seed = seed * 1103515245 + 12345;
        switch (seed >> 16 & 7) {
        case 0:
        case 1:
            go_mutex_lock(&mutex);
            count++;
            go_mutex_unlock(&mutex);
            break;
        case 2:
            if (go_mutex_lock_until(&mutex, go_now() + 20 * GO_MICROSECOND) == 0) {
                count++;
                go_mutex_unlock(&mutex);
            }
            break;
        case 3:
            go_rwmutex_rlock(&rwmutex);
            go_rwmutex_runlock(&rwmutex);
            break;
        case 4:
            go_rwmutex_lock(&rwmutex);
            go_rwmutex_unlock(&rwmutex);
            break;
        case 5:
            go_sleep(seed >> 20 & 63);
            break;
        default: {
            int v;
            int k =
                go_select(go_on_send(c, i), go_on_recv(c, &v), go_on_timeout(50 * GO_MICROSECOND));
            __atomic_add_fetch(k == 0 ? &sent : &received, k < 2, __ATOMIC_RELAXED);
        }
        }
    }
}

static void goroutine(unsigned seed, go_waitgroup *wg)
{
    take_part(seed);
    go_waitgroup_done(wg);
}

static void *thread(void *seed)
{
    go_waitgroup wg = { 0 };
    unsigned s = (unsigned)(uintptr_t)seed;
    go_waitgroup_add(&wg, 1);
    go(goroutine, s + 1000, &wg);
    take_part(s);
    go_waitgroup_wait(&wg);
    return NULL;
}

int main(void)
{
    laps = test_scale(1500, 100);
    for (int round = 0; round < test_scale(8, 3); round++) {
        pthread_t t[THREADS];
        go_waitgroup wg = { 0 };
        go_maxprocs(1 + round % 4);
        c = go_make(int, round % 2);
        sent = received = 0;
        go_waitgroup_add(&wg, GOROUTINES);
        for (unsigned i = 0; i < GOROUTINES; i++)
            go(goroutine, i, &wg);
        for (uintptr_t i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_create(&t[i], NULL, thread, (void *)(i + 100)), 0);
        for (int i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_join(t[i], NULL), 0);
        go_waitgroup_wait(&wg);
        CHECK_EQ(sent, received + (long)go_len(c));
        go_drop(c);
        go_verify();
    }
}

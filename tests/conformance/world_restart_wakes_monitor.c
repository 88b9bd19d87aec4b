/* SPDX-License-Identifier: MIT */
/* A thread that is not ours starts the world again just when a timer of an idle P
 * is due: the goroutine that wakes up shares its P afterwards as ever.
 *
 * The P left the idle list that way while the monitor slept on, so that nobody
 * took it from a goroutine that computes. */
#include "support.h"

#include <goroutine.h>
#include <pthread.h>

/* PERIOD must suffice for the monitor to find nothing to do, and sleep. */
static const int64_t PERIOD = 40 * GO_MILLISECOND;

static int64_t due; /* when main wakes up; 0: not asked, -1: the end */
static bool ran;

static void spin_until(int64_t t)
{
    while (go_now() < t)
        __asm__ volatile("");
}

static void *restarter(void *arg)
{
    unsigned seed = 1;
    for (int64_t t; (t = __atomic_load_n(&due, __ATOMIC_ACQUIRE)) >= 0;) {
        int64_t left = t - go_now() - GO_MILLISECOND;
        if (t == 0 || left > 0) {
            usleep(t == 0 ? 100 : (useconds_t)(left / 1000));
            continue;
        }
        spin_until(t - rand_r(&seed) % 150 * GO_MICROSECOND);
        go_verify();
        __atomic_compare_exchange_n(&due, &t, 0, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED);
    }
    return arg;
}

static void child(void)
{
    __atomic_store_n(&ran, true, __ATOMIC_RELEASE);
}

int main(void)
{
    pthread_t t;
    go_maxprocs(1);
    alarm(30); /* nobody else ends a program whose child never runs */
    CHECK_EQ(pthread_create(&t, NULL, restarter, NULL), 0);
    for (int i = 0, n = test_scale(50, 20); i < n; i++) {
        int64_t until = go_now() + PERIOD;
        __atomic_store_n(&due, until, __ATOMIC_RELEASE);
        go_sleep_until(until);
        __atomic_store_n(&ran, false, __ATOMIC_RELAXED);
        go(child);
        while (!__atomic_load_n(&ran, __ATOMIC_ACQUIRE))
            __asm__ volatile("");
    }
    __atomic_store_n(&due, -1, __ATOMIC_RELEASE);
    CHECK_EQ(pthread_join(t, NULL), 0);
}

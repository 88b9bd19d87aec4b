/* SPDX-License-Identifier: MIT */
/* Conformance 20, locks: the n-th Unlock is before the return of a later Lock,
 * f() in Once before the return of any Do, Done before the Wait it releases.
 * Plain data throughout. */
#include "check.h"

#include <goroutine.h>

enum { WORKERS = 8 };

static int rounds;
static go_mutex mutex;
static go_rwmutex rwmutex;
static int by_mutex, by_rwmutex;

static void count(go_waitgroup *wg)
{
    for (int i = 0; i < rounds; i++) {
        go_mutex_lock(&mutex);
        by_mutex++;
        go_mutex_unlock(&mutex);
        if (i % 4 == 0) {
            go_rwmutex_lock(&rwmutex);
            by_rwmutex++;
            go_rwmutex_unlock(&rwmutex);
        } else {
            go_rwmutex_rlock(&rwmutex);
            CHECK(by_rwmutex >= i / 4);
            go_rwmutex_runlock(&rwmutex);
        }
    }
    go_waitgroup_done(wg);
}

static void counting(void)
{
    go_waitgroup wg = { 0 };
    by_mutex = by_rwmutex = 0;
    go_waitgroup_add(&wg, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go(count, &wg);
    go_waitgroup_wait(&wg);
    CHECK_EQ(by_mutex, WORKERS * rounds);
    CHECK_EQ(by_rwmutex, WORKERS * rounds / 4);
}

static void set(void *arg)
{
    int *data = arg;
    CHECK_EQ(*data, 0);
    go_yield(); /* the others arrive while it runs */
    *data = 42;
}

static void once(go_once *o, int *data, go_waitgroup *wg)
{
    go_once_do(o, set, data);
    CHECK_EQ(*data, 42);
    go_waitgroup_done(wg);
}

static void onces(void)
{
    for (int i = 0; i < rounds / 10; i++) {
        go_waitgroup wg = { 0 };
        go_once o = { 0 };
        int data = 0;
        go_waitgroup_add(&wg, WORKERS);
        for (int k = 0; k < WORKERS; k++)
            go(once, &o, &data, &wg);
        go_waitgroup_wait(&wg);
    }
}

/* Locked here, unlocked there. */
static void unlock_other(int *data)
{
    *data = 7;
    go_mutex_unlock(&mutex);
}

static void handed_over(void)
{
    int data = 0;
    for (int i = 0; i < rounds / 10; i++) {
        go_mutex_lock(&mutex);
        data = 0;
        go(unlock_other, &data);
        go_mutex_lock(&mutex);
        CHECK_EQ(data, 7);
        go_mutex_unlock(&mutex);
    }
}

int main(void)
{
    rounds = test_scale(10000, 400);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        counting();
        onces();
        handed_over();
    }
}

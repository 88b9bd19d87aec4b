/* SPDX-License-Identifier: MIT */
/* Rule D8: threads that are not ours lock, wait, signal and are waited for,
 * together with goroutines. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

enum { THREADS = 4, GOROUTINES = 8 };

static int rounds;
static go_mutex mutex;
static go_rwmutex rwmutex;
static go_cond cond;
static go_once once;
static int count, rwcount, inited, turn;

static void init(void *arg)
{
    *(int *)arg += 1;
}

static void contend(go_waitgroup *wg)
{
    go_once_do(&once, init, &inited);
    CHECK_EQ(inited, 1);
    for (int i = 0; i < rounds; i++) {
        go_mutex_lock(&mutex);
        count++;
        go_mutex_unlock(&mutex);
        go_rwmutex_rlock(&rwmutex);
        CHECK(rwcount >= 0);
        go_rwmutex_runlock(&rwmutex);
        go_rwmutex_lock(&rwmutex);
        rwcount++;
        go_rwmutex_unlock(&rwmutex);
    }
    go_waitgroup_done(wg);
}

/* Turns go round by a condition: thread, goroutine, thread, ... */
static void take_turns(int me, int n, go_waitgroup *wg)
{
    for (int i = 0; i < rounds / 10; i++) {
        go_mutex_lock(&mutex);
        while (turn % n != me)
            go_cond_wait(&cond, &mutex);
        turn++;
        go_cond_broadcast(&cond);
        go_mutex_unlock(&mutex);
    }
    go_waitgroup_done(wg);
}

static void *thread_contend(void *arg)
{
    contend(arg);
    return NULL;
}

static void *thread_turns(void *arg)
{
    take_turns(0, 2, arg);
    return NULL;
}

int main(void)
{
    rounds = test_scale(2000, 200);
    for (int procs = 1; procs <= 4; procs *= 2) {
        pthread_t t[THREADS];
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        count = rwcount = turn = inited = 0;
        once = (go_once){ 0 };
        go_waitgroup_add(&wg, THREADS + GOROUTINES);
        for (int i = 0; i < THREADS; i++)
            CHECK_EQ(pthread_create(&t[i], NULL, thread_contend, &wg), 0);
        for (int i = 0; i < GOROUTINES; i++)
            go(contend, &wg);
        go_waitgroup_wait(&wg);
        CHECK_EQ(count, (THREADS + GOROUTINES) * rounds);
        CHECK_EQ(rwcount, (THREADS + GOROUTINES) * rounds);
        for (int i = 0; i < THREADS; i++)
            pthread_join(t[i], NULL);

        go_waitgroup_add(&wg, 2);
        CHECK_EQ(pthread_create(&t[0], NULL, thread_turns, &wg), 0);
        go(take_turns, 1, 2, &wg);
        go_waitgroup_wait(&wg);
        CHECK_EQ(turn, 2 * (rounds / 10));
        pthread_join(t[0], NULL);
    }
}

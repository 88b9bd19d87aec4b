/* SPDX-License-Identifier: MIT */
/* Conformance 16: a condition wakes in the order of waiting, and a signal is
 * never stolen by somebody who began to wait after it. */
#include "check.h"

#include <goroutine.h>

enum { N = 100 };

static go_mutex m;
static go_cond cond;
static go_chan(int) running, awake;

static void wait_once(int i)
{
    go_mutex_lock(&m);
    go_send(running, i);
    go_cond_wait(&cond, &m);
    go_send(awake, i);
    go_mutex_unlock(&m);
}

/* Each is signalled as soon as it waits; while it has not run yet, the next one
 * begins to wait and must not run in its place. */
static void generations(void)
{
    int v;
    running = go_make(int, N);
    awake = go_make(int, N);
    for (int i = 0; i < N; i++)
        go(wait_once, i);
    for (int i = 0, first; i < N; i++) {
        if (i > 0)
            CHECK(go_recv(awake, NULL));
        CHECK(go_recv(running, &first));
        /* It waits once the mutex is free. */
        go_mutex_lock(&m);
        go_cond_signal(&cond);
        go_mutex_unlock(&m);
    }
    CHECK(go_recv(awake, &v));
    go_drop(running);
    go_drop(awake);
}

static void queue_up(int i)
{
    go_mutex_lock(&m);
    go_send(running, i);
    go_cond_wait(&cond, &m);
    go_send(awake, i);
    go_mutex_unlock(&m);
}

static void in_order(void)
{
    int v;
    running = go_make(int, N);
    awake = go_make(int, N);
    for (int i = 0; i < N; i++) {
        go(queue_up, i);
        CHECK(go_recv(running, &v));
        CHECK_EQ(v, i);
        go_mutex_lock(&m); /* it waits now */
        go_mutex_unlock(&m);
    }
    for (int i = 0; i < N; i++) {
        go_cond_signal(&cond);
        CHECK(go_recv(awake, &v));
        CHECK_EQ(v, i);
    }
    go_cond_signal(&cond); /* nobody there: remembered by nobody */
    go(queue_up, 0);
    CHECK(go_recv(running, &v));
    CHECK_EQ(go_recv_until(awake, &v, go_now() + 2 * GO_MILLISECOND), -ETIMEDOUT);
    go_cond_broadcast(&cond);
    CHECK(go_recv(awake, &v));
    go_drop(running);
    go_drop(awake);
}

static bool released;

static void first_waiter(go_chan(int) step)
{
    go_mutex_lock(&m);
    go_send(step, 0);
    go_cond_wait(&cond, &m);
    go_mutex_unlock(&m);
    go_send(step, 1);
}

static void second_waiter(go_waitgroup *wg)
{
    go_mutex_lock(&m);
    while (!released)
        go_cond_wait(&cond, &m);
    go_mutex_unlock(&m);
    go_waitgroup_done(wg);
}

static void announce(go_waitgroup *wg)
{
    go_cond_broadcast(&cond);
    go_waitgroup_done(wg);
}

/* A broadcast races somebody who begins to wait; who waited before must get it. */
static void stealing(void)
{
    int v;
    go_chan(int) step = go_make(int, 0);
    for (int i = 0; i < test_scale(2000, 200); i++) {
        go_waitgroup wg = { 0 };
        go_waitgroup_add(&wg, 2);
        released = false;
        go(first_waiter, step);
        CHECK(go_recv(step, &v));
        go_mutex_lock(&m);
        go_mutex_unlock(&m);

        go(announce, &wg);
        go(second_waiter, &wg);
        CHECK_EQ(go_recv_until(step, &v, go_now() + 20 * GO_SECOND), 0);

        go_mutex_lock(&m);
        released = true;
        go_mutex_unlock(&m);
        go_cond_broadcast(&cond);
        go_waitgroup_wait(&wg);
    }
    go_drop(step);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        generations();
        in_order();
        stealing();
    }
}

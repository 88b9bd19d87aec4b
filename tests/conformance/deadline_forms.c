/* SPDX-License-Identifier: MIT */
/* Every call that can park has a form with a deadline: it returns 0 when it got
 * what it waited for, -ETIMEDOUT not before its time, and a timed out waiter is
 * gone from the queue. */
#include "check.h"

#include <goroutine.h>

static go_mutex mutex;
static go_rwmutex rwmutex;
static go_cond cond;

static void expect_timeout(int rc, int64_t deadline)
{
    CHECK_EQ(rc, -ETIMEDOUT);
    CHECK(go_now() >= deadline);
}

static int64_t soon(void)
{
    return go_now() + 2 * GO_MILLISECOND;
}

static void timeouts(void)
{
    int64_t t;
    go_mutex_lock(&mutex);
    t = soon(), expect_timeout(go_mutex_lock_until(&mutex, t), t);
    t = soon(), expect_timeout(go_cond_wait_until(&cond, &mutex, t), t);
    CHECK(!go_mutex_try_lock(&mutex)); /* held again after the wait */
    go_mutex_unlock(&mutex);
    CHECK(go_mutex_try_lock(&mutex));
    go_mutex_unlock(&mutex);

    go_rwmutex_rlock(&rwmutex);
    t = soon(), expect_timeout(go_rwmutex_lock_until(&rwmutex, t), t);
    CHECK(go_rwmutex_try_rlock(&rwmutex)); /* the writer that gave up stops nobody */
    go_rwmutex_runlock(&rwmutex);
    go_rwmutex_runlock(&rwmutex);
    go_rwmutex_lock(&rwmutex);
    t = soon(), expect_timeout(go_rwmutex_rlock_until(&rwmutex, t), t);
    t = soon(), expect_timeout(go_rwmutex_lock_until(&rwmutex, t), t);
    go_rwmutex_unlock(&rwmutex);
    CHECK_EQ(go_rwmutex_lock_until(&rwmutex, 0), 0);
    go_rwmutex_unlock(&rwmutex);

    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 1);
    t = soon(), expect_timeout(go_waitgroup_wait_until(&wg, t), t);
    go_waitgroup_done(&wg);
    CHECK_EQ(go_waitgroup_wait_until(&wg, GO_FOREVER), 0);
}

static void unlock_later(void)
{
    go_sleep(GO_MILLISECOND);
    go_mutex_unlock(&mutex);
}

static void in_time(void)
{
    go_mutex_lock(&mutex);
    go(unlock_later);
    CHECK_EQ(go_mutex_lock_until(&mutex, go_now() + 20 * GO_SECOND), 0);
    go_mutex_unlock(&mutex);
}

/* The deadline and the hand-over race; whoever wins, nothing is lost. */
static void send_at_the_time(go_chan(int) c, int laps)
{
    for (int i = 0; i < laps; i++) {
        while (go_send_until(c, i, go_now() + i % 40 * GO_MICROSECOND))
            ;
    }
    go_close(c);
}

static void racing(int laps)
{
    go_chan(int) c = go_make(int, 0);
    go(send_at_the_time, c, laps);
    int v, rc, want = 0;
    while ((rc = go_recv_until(c, &v, go_now() + (100 - want % 40) * GO_MICROSECOND)) != -EPIPE) {
        if (rc == 0)
            CHECK_EQ(v, want++);
        else
            CHECK_EQ(rc, -ETIMEDOUT);
    }
    CHECK_EQ(want, laps);
    go_drop(c);
}

static int inside;

static void lock_racing(go_waitgroup *wg, int laps)
{
    for (int i = 0; i < laps; i++) {
        if (go_mutex_lock_until(&mutex, go_now() + i % 60 * GO_MICROSECOND))
            continue;
        CHECK_EQ(++inside, 1);
        if (i % 8 == 0)
            go_yield();
        inside--;
        go_mutex_unlock(&mutex);
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        int laps = test_scale(5000, 200);
        go_maxprocs(procs);
        timeouts();
        in_time();
        racing(laps);
        go_waitgroup_add(&wg, 8);
        for (int i = 0; i < 8; i++)
            go(lock_racing, &wg, laps);
        go_waitgroup_wait(&wg);
        CHECK(go_mutex_try_lock(&mutex));
        go_mutex_unlock(&mutex);
    }
}

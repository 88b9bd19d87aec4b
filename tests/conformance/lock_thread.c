/* SPDX-License-Identifier: MIT */
/* Go, runtime.LockOSThread: a locked goroutine stays on its thread, nobody else
 * runs there, calls nest, and a goroutine that ends locked ends its thread. */
#include "support.h"

#include <goroutine.h>

static __thread int owner; /* whose thread this is, 0 = anybody's */

static void stay(int me, int laps, go_waitgroup *wg)
{
    go_lock_thread();
    pid_t tid = thread_id();
    owner = me;
    for (int i = 0; i < laps; i++) {
        if (i % 3 == 0)
            go_sleep(100 * GO_MICROSECOND);
        else
            go_yield();
        CHECK_EQ(thread_id(), tid);
        CHECK_EQ(owner, me);
    }
    owner = 0;
    go_unlock_thread();
    go_waitgroup_done(wg);
}

static __attribute__((noinline)) int owner_here(void)
{
    __asm__ volatile("" ::: "memory");
    return owner;
}

static void wander(int laps, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        go_yield();
        CHECK_EQ(owner_here(), 0);
    }
    go_waitgroup_done(wg);
}

static void nested(go_waitgroup *wg)
{
    go_lock_thread();
    go_lock_thread();
    pid_t tid = thread_id();
    go_unlock_thread();
    for (int i = 0; i < 50; i++) {
        go_yield();
        CHECK_EQ(thread_id(), tid);
    }
    go_unlock_thread();
    go_unlock_thread(); /* one too many does nothing, as in Go */
    go_waitgroup_done(wg);
}

static void end_locked(pid_t *tid, go_waitgroup *wg)
{
    go_lock_thread();
    go_yield();
    *tid = thread_id();
    owner = -1; /* nobody may ever run here again */
    go_waitgroup_done(wg);
}

static bool thread_exists(pid_t tid)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%d", (int)tid);
    return access(path, F_OK) == 0;
}

static void ends_its_thread(void)
{
    go_waitgroup wg = { 0 };
    pid_t tid = 0;
    go_waitgroup_add(&wg, 1);
    go(end_locked, &tid, &wg);
    go_waitgroup_wait(&wg);
    if (tid == getpid())
        return; /* main's thread cannot end before the program */
    for (int64_t end = go_now() + 20 * GO_SECOND; thread_exists(tid); go_sleep(GO_MILLISECOND))
        CHECK(go_now() < end);
}

static void main_stays(void)
{
    go_lock_thread();
    pid_t tid = thread_id();
    for (int i = 0; i < 100; i++) {
        go_sleep(50 * GO_MICROSECOND);
        CHECK_EQ(thread_id(), tid);
    }
    go_unlock_thread();
}

int main(void)
{
    int laps = test_scale(300, 60);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_waitgroup wg = { 0 };
        go_maxprocs(procs);
        go_waitgroup_add(&wg, 10);
        for (int i = 1; i <= 4; i++) {
            go(stay, i, laps, &wg);
            go(wander, 5 * laps, &wg);
        }
        go(nested, &wg);
        go(nested, &wg);
        main_stays();
        go_waitgroup_wait(&wg);
        for (int i = 0; i < 5; i++)
            ends_its_thread();
    }
}

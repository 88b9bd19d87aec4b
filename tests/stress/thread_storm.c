/* SPDX-License-Identifier: MIT */
/* Goroutines that lock their threads, some for good, beside ones that wander,
 * while the number of Ps changes; then verify(). */
#include "check.h"

#include <goroutine.h>
#include <sys/syscall.h>
#include <unistd.h>

static long thread_id(void)
{
    return syscall(SYS_gettid);
}

static void locked(int laps, bool for_good, go_chan(int) c, go_waitgroup *wg)
{
    go_lock_thread();
    long me = thread_id();
    for (int i = 0; i < laps; i++) {
        switch (i % 4) {
        case 0:
            go_yield();
            break;
        case 1:
            go_select(go_on_send(c, i), go_on_recv(c, NULL), go_on_timeout(30 * GO_MICROSECOND));
            break;
        case 2:
            go_sleep(20 * GO_MICROSECOND);
            break;
        case 3:
            go_lock_thread();
            go_yield();
            go_unlock_thread();
            break;
        }
        CHECK_EQ(thread_id(), me);
    }
    if (!for_good)
        go_unlock_thread();
    go_waitgroup_done(wg);
}

static void wander(int laps, go_chan(int) c, go_waitgroup *wg)
{
    for (int i = 0; i < laps; i++) {
        go_select(go_on_send(c, i), go_on_recv(c, NULL), go_on_timeout(30 * GO_MICROSECOND));
        go_yield();
    }
    go_waitgroup_done(wg);
}

int main(void)
{
    int laps = test_scale(300, 40);
    for (int round = 0; round < test_scale(10, 3); round++) {
        go_waitgroup wg = { 0 };
        go_chan(int) c = go_make(int, 0);
        go_waitgroup_add(&wg, 40);
        for (int i = 0; i < 20; i++) {
            go(locked, laps, i % 3 == 0, c, &wg);
            go(wander, 2 * laps, c, &wg);
        }
        for (int procs = 1; go_waitgroup_wait_until(&wg, go_now() + 2 * GO_MILLISECOND); procs++)
            go_maxprocs(1 + procs % 5);
        go_drop(c);
        go_verify();
    }
}

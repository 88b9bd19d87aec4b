/* SPDX-License-Identifier: MIT */
/* The thread that a goroutine is locked to is the one on which it called: a library that keeps
 * something for each thread may be in the middle of its work when it takes a lock. */
#include "support.h"

#include <goroutine.h>

static __thread char here;

static __attribute__((noinline)) const char *place(void)
{
    __asm__ volatile("" ::: "memory");
    return &here;
}

static void lock_often(int64_t end)
{
    while (go_now() < end) {
        for (volatile int i = 0; i < 1000; i++)
            ;
        const char *before = place();
        go_lock_thread();
        const char *after = place();
        go_unlock_thread();
        CHECK(before == after);
    }
}

/* Somebody comes and goes, so that the queues are not even. */
static void nap_often(int64_t end)
{
    while (go_now() < end)
        go_sleep(100 * GO_MICROSECOND);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    int64_t end = go_now() + test_scale(2000, 500) * GO_MILLISECOND;
    go_maxprocs(3);
    for (int i = 0; i < 10; i++) { /* for longer than a slice, so that the calls have them yield */
        go_waitgroup_go(&wg, lock_often, end);
        go_waitgroup_go(&wg, nap_often, end);
    }
    go_waitgroup_wait(&wg);
}

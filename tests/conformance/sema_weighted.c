/* SPDX-License-Identifier: MIT */
/* Go, x/sync/semaphore: first come first served; one who wants many units is not passed by
 * those who want few, not even by TryAcquire; an acquire of more than there is waits for its
 * end and holds up nobody. */
#include "check.h"

#include <goroutine.h>

enum { SIZE = 10 };

static go_sema sema = GO_SEMA_INIT(SIZE);
static char order[8];
static int32_t done;

static void want(int64_t n, char name)
{
    go_sema_acquire(&sema, n);
    order[go_atomic_add(&done, 1) - 1] = name;
    go_sema_release(&sema, n);
}

/* While units are free and yet none can be had, somebody waits. */
static void until_one_waits(void)
{
    while (go_sema_try_acquire(&sema, 1)) {
        go_sema_release(&sema, 1);
        go_yield();
    }
}

static void many_before_few(void)
{
    done = 0;
    go_sema_acquire(&sema, 4);
    go(want, 9, 'm');
    until_one_waits();
    for (int i = 0; i < 3; i++)
        go(want, 1, 'f');
    for (int i = 0; i < 50; i++) {
        go_yield();
        CHECK(!go_sema_try_acquire(&sema, 1)); /* though 6 are free */
        CHECK(!go_sema_try_acquire(&sema, 0));
    }
    CHECK_EQ(go_atomic_load(&done), 0);
    go_sema_release(&sema, 2); /* 8 free: still not enough */
    CHECK_EQ(go_atomic_load(&done), 0);
    go_sema_release(&sema, 2);
    while (go_atomic_load(&done) != 4)
        go_yield();
    go_sema_acquire(&sema, SIZE); /* all are back */
    go_sema_release(&sema, SIZE);
}

/* The first gives up: the next may want less than it did. */
static void served_when_the_first_gives_up(void)
{
    done = 0;
    go_sema_acquire(&sema, 4);
    go(want, 7, 'm');
    until_one_waits();
    CHECK_EQ(go_sema_acquire_until(&sema, 1, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    CHECK_EQ(go_sema_acquire_until(&sema, 1, 0), -ETIMEDOUT);
    go_sema_release(&sema, 1);
    while (go_atomic_load(&done) != 1)
        go_yield();
    int64_t start = go_now();
    go_sema_acquire(&sema, 7);
    CHECK_EQ(go_sema_acquire_until(&sema, 1, go_now() + 5 * GO_MILLISECOND), -ETIMEDOUT);
    CHECK(go_now() - start >= 5 * GO_MILLISECOND);
    go_sema_release(&sema, SIZE);
    CHECK_EQ(go_sema_acquire_until(&sema, SIZE, 0), 0); /* at once: no deadline matters */
    go_sema_release(&sema, SIZE);
}

static void doomed(int *result, int64_t deadline)
{
    *result = go_sema_acquire_until(&sema, SIZE + 1, deadline);
    go_atomic_add(&done, 1);
}

static void more_than_there_is(void)
{
    static int result = 1;
    done = 0;
    CHECK(!go_sema_try_acquire(&sema, SIZE + 1));
    CHECK(!go_sema_try_acquire(&sema, INT64_MAX));
    go(doomed, &result, go_now() + 20 * GO_MILLISECOND);
    while (go_atomic_load(&done) == 0) {
        go_sema_acquire(&sema, SIZE);
        go_sema_release(&sema, SIZE);
        go_yield();
    }
    CHECK_EQ(result, -ETIMEDOUT);
    CHECK_EQ(go_sema_acquire_until(&sema, SIZE + 1, 0), -ETIMEDOUT);
}

static void none_of_nothing(void)
{
    go_sema empty = { 0 };
    go_sema_acquire(&empty, 0);
    CHECK(go_sema_try_acquire(&empty, 0));
    CHECK(!go_sema_try_acquire(&empty, 1));
    go_sema_release(&empty, 0);
    CHECK_EQ(go_sema_acquire_until(&empty, 1, go_now() + GO_MILLISECOND), -ETIMEDOUT);
    go_sema huge = GO_SEMA_INIT(INT64_MAX);
    go_sema_acquire(&huge, INT64_MAX);
    CHECK(!go_sema_try_acquire(&huge, 1));
    go_sema_release(&huge, INT64_MAX);
}

int main(void)
{
    for (int procs = 1; procs <= 2; procs++) {
        go_maxprocs(procs);
        for (int i = 0; i < test_scale(20, 3); i++) {
            many_before_few();
            served_when_the_first_gives_up();
            more_than_there_is();
            none_of_nothing();
        }
    }
}

/* SPDX-License-Identifier: MIT */
/* Go, WaitGroup.Go: done when the function returns or calls Goexit, after its deferred
 * calls; and here after its go_local values are destroyed. */
#include "check.h"

#include <goroutine.h>

static int64_t deferred, destroyed;

static void count(int64_t *n)
{
    go_atomic_add(n, 1);
}

static void count_destroyed(void *n)
{
    count(n);
}

static go_local local = { .destroy = count_destroyed };

static void fail(void)
{
    go_panic("recovered");
}

static void body(int v)
{
    CHECK_EQ(go_local_set(&local, &destroyed), 0);
    go_defer(count, &deferred);
    CHECK(go_recover(NULL, fail));
    if (v % 3 == 0)
        go_exit();
    if (v % 3 == 1)
        go_yield();
}

int main(void)
{
    for (int round = 0; round < test_scale(50, 5); round++) {
        go_waitgroup wg = { 0 };
        deferred = destroyed = 0;
        for (int i = 0; i < 100; i++)
            go_waitgroup_go(&wg, body, i);
        go_waitgroup_wait(&wg);
        CHECK_EQ(deferred, 100);
        CHECK_EQ(destroyed, 100);
    }
}

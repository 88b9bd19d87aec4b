/* SPDX-License-Identifier: MIT */
/* join.h: a detached goroutine runs on, and nobody need wait; detaching works before and
 * after its end.  A thread that is not ours starts, joins and detaches as well. */
#include "check.h"

#include <goroutine.h>
#include <pthread.h>

static int64_t ended;

static void body(int turns)
{
    for (int i = 0; i < turns; i++)
        go_yield();
    go_atomic_add(&ended, 1);
}

static void *foreign(void *arg)
{
    for (int i = 0; i < 20; i++) {
        go_handle *h = go_start(body, i);
        if (i % 2)
            go_join(h);
        else
            go_detach(h);
    }
    return arg;
}

int main(void)
{
    int n = test_scale(2000, 200);
    go_maxprocs(4);
    for (int i = 0; i < n; i++) {
        go_handle *h = go_start(body, i % 3);
        for (int k = 0; k < i % 5; k++)
            go_yield();
        go_detach(h);
    }
    pthread_t t;
    CHECK_EQ(pthread_create(&t, NULL, foreign, NULL), 0);
    CHECK_EQ(pthread_join(t, NULL), 0);
    while (go_atomic_load(&ended) < n + 20 || go_count() > 1)
        go_yield();
}

/* SPDX-License-Identifier: MIT */
/* Joins, bounded joins and detaches race with the ends of goroutines: each end is seen
 * once, no handle is lost or freed twice (the sanitizers see to that). */
#include "check.h"
#include "sync/check_sync.h"

#include <goroutine.h>
#include <unistd.h>

static int64_t ended, joined, detached;

static void work(int v)
{
    if (v % 7 == 0)
        go_yield();
    if (v % 64 == 0)
        usleep(50);
    go_atomic_add(&ended, 1);
    if (v % 5 == 0)
        go_exit();
}

static void settle(go_handle *h, int v)
{
    switch (v % 4) {
    case 0:
        go_join(h);
        break;
    case 1:
        while (go_join_until(h, go_now() + v % 50 * GO_MICROSECOND))
            ;
        break;
    case 2:
        if (go_join_until(h, 0)) {
            go_detach(h);
            go_atomic_add(&detached, 1);
            return;
        }
        break;
    case 3:
        go_detach(h);
        go_atomic_add(&detached, 1);
        return;
    }
    go_atomic_add(&joined, 1);
}

static void crew(int n)
{
    for (int i = 0; i < n; i++) {
        go_handle *h = go_start(work, i);
        if (i % 8 < 4)
            join_verify(h);
        settle(h, i);
    }
}

int main(void)
{
    enum { CREW = 16 };
    int n = test_scale(4000, 300);
    go_maxprocs(4);
    go_handle *h[CREW];
    for (int i = 0; i < CREW; i++)
        h[i] = go_start(crew, n);
    join_verify(h[0]);
    for (int i = 0; i < CREW; i++)
        go_join(h[i]);
    go_verify();
    while (go_atomic_load(&ended) < (int64_t)CREW * n)
        go_yield();
    CHECK_EQ(joined + detached, (int64_t)CREW * n);
}

/* SPDX-License-Identifier: MIT */
/* go_verify walks the deferred calls and the panics of goroutines that wait (D1 to D3 of
 * sched/defer.h): in frames of every kind it finds nothing wrong. */
#include "check.h"
#include "sched/defer.h"

#include <goroutine.h>

static go_waitgroup here, go_on, all;

static void park(void)
{
    go_waitgroup_done(&here);
    go_waitgroup_wait(&go_on);
}

static void nothing(void)
{
}

static void deferring(int n)
{
    go_defer(nothing);
    {
        go_defer(nothing);
        if (n == 0)
            park();
        else
            deferring(n - 1);
    }
    go_defer(nothing);
}

static void panics(void)
{
    go_defer(deferring, 2);
    go_panic("on its way");
}

static void panics_in_panic(void)
{
    go_defer(panics);
    go_defer(nothing);
    go_panic("first");
}

static void recovers(void)
{
    go_defer(nothing);
    CHECK(go_recover(NULL, panics_in_panic));
}

static void exits(void)
{
    go_defer(recovers);
    go_exit();
}

int main(void)
{
    enum { EACH = 3 };
    go_waitgroup_add(&go_on, 1);
    go_waitgroup_add(&here, 4 * EACH);
    for (int i = 0; i < EACH; i++) {
        go_waitgroup_go(&all, deferring, i);
        go_waitgroup_go(&all, recovers);
        go_waitgroup_go(&all, exits);
        go_waitgroup_go(&all, park);
    }
    go_waitgroup_wait(&here);
    for (int i = 0; i < 20; i++) {
        go_yield();
        go_verify();
    }
    go_waitgroup_done(&go_on);
    go_waitgroup_wait(&all);
    go_verify();
}

/* SPDX-License-Identifier: MIT */
/* go.h: a goroutine that calls go_exit in the destructor of a go_local has ended as any
 * other has: its other values are destroyed; a join, a WaitGroup and a group see it. */
#include "check.h"

#include <goroutine.h>

static int ended;

static void destroy(void *p)
{
    (void)p;
    __atomic_fetch_add(&ended, 1, __ATOMIC_RELAXED);
    go_exit();
}

static go_local one = { .destroy = destroy }, two = { .destroy = destroy };

static void returns(void)
{
    CHECK_EQ(go_local_set(&one, &one), 0);
    CHECK_EQ(go_local_set(&two, &two), 0);
}

static void exits(void)
{
    returns();
    go_exit();
}

static int returns_int(void)
{
    returns();
    return 0;
}

int main(void)
{
    int64_t late = go_now() + 10 * GO_SECOND;
    CHECK_EQ(go_join_until(go_start(returns), late), 0);
    CHECK_EQ(go_join_until(go_start(exits), late), 0);

    static go_waitgroup wg;
    go_waitgroup_go(&wg, returns);
    go_waitgroup_go(&wg, exits);
    CHECK_EQ(go_waitgroup_wait_until(&wg, late), 0);

    go_group *g = go_group_new(NULL);
    go_group_go(g, returns_int);
    CHECK_EQ(go_group_wait(g), 0);
    CHECK_EQ(ended, 10);
}

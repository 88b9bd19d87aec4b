/* SPDX-License-Identifier: MIT */
/* Group: not more run at a time than the limit says; go parks and try_go refuses while
 * it is reached; a place is free again however its goroutine ends. */
#include "check.h"

#include <goroutine.h>

static int running, most;

static int work(int how)
{
    int now = go_atomic_add(&running, 1), seen;
    while ((seen = go_atomic_load(&most)) < now && !go_atomic_compare_and_swap(&most, seen, now))
        ;
    for (int i = 0; i < 3; i++)
        go_yield();
    go_atomic_add(&running, -1);
    if (how == 1)
        go_exit();
    return 0;
}

static void test_limit(int limit, int n)
{
    go_group *g = go_group_new(NULL);
    most = running = 0;
    go_group_set_limit(g, limit);
    for (int i = 0; i < n; i++)
        go_group_go(g, work, i % 2);
    CHECK_EQ(go_group_wait(g), 0);
    CHECK(go_atomic_load(&running) == 0 && go_atomic_load(&most) <= limit);
}

static int wait_for(go_chan(char) c)
{
    go_recv(c, NULL);
    return 0;
}

static void test_try(void)
{
    go_chan(char) c = go_make(char, 0);
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 2);
    CHECK(go_group_try_go(g, wait_for, c) && go_group_try_go(g, wait_for, c));
    CHECK(!go_group_try_go(g, wait_for, c));
    go_send(c, 1);
    while (!go_group_try_go(g, wait_for, c))
        go_yield();
    go_close(c);
    CHECK_EQ(go_group_wait(g), 0);
    go_drop(c);
}

static void close_it(go_chan(char) c)
{
    go_close(c);
}

/* The caller of go waits for a place as long as it takes. */
static void test_parks(void)
{
    go_chan(char) c = go_make(char, 0);
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 1);
    go_group_go(g, wait_for, c);
    go(close_it, c);
    go_group_go(g, wait_for, c);
    CHECK(!go_recv(c, NULL));
    CHECK_EQ(go_group_wait(g), 0);
    go_drop(c);
}

/* With 0 nobody may start, until it is changed; a negative one is none. */
static void test_changed(void)
{
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 0);
    CHECK(!go_group_try_go(g, work, 0));
    go_group_set_limit(g, 3);
    CHECK(go_group_try_go(g, work, 0));
    CHECK_EQ(go_group_wait(g), 0);
    g = go_group_new(NULL);
    go_group_set_limit(g, 1);
    go_group_set_limit(g, -1);
    for (int i = 0; i < 20; i++)
        CHECK(go_group_try_go(g, work, i % 2));
    CHECK_EQ(go_group_wait(g), 0);
}

int main(void)
{
    for (int limit = 1; limit < 6; limit++)
        test_limit(limit, test_scale(400, 40));
    test_try();
    test_parks();
    test_changed();
    return 0;
}

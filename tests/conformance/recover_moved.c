/* SPDX-License-Identifier: MIT */
/* A goroutine that changed threads, or lost its P in a blocking call, between go_recover
 * and the panic comes back all the same. */
#include "check.h"

#include <goroutine.h>
#include <string.h>
#include <unistd.h>

static void fail(go_chan(int) c, int v)
{
    for (int i = 0; i < 5; i++) {
        go_send(c, v);
        if (v % 8 == 0)
            usleep(200);
        go_yield();
    }
    go_panic("%d", v);
}

static void body(go_chan(int) c, int v)
{
    go_recovered r;
    for (int i = 0; i < 3; i++) {
        CHECK(go_recover(&r, fail, c, v));
        CHECK_EQ(atoi(r.text), v);
    }
}

/* The call that is left had given the P away. */
static void blocked(int v)
{
    go_recovered r;
    for (int i = 0; i < 20; i++) {
        CHECK(go_recover(&r, go_panic, "%d", v));
        CHECK_EQ(atoi(r.text), v);
        go_yield();
    }
}

static void in_block(int v)
{
    usleep(1000);
    go_panic("%d", v);
}

static void through_block(int v)
{
    go_block(in_block, v);
}

static void recover_through_block(int v)
{
    go_recovered r;
    CHECK(go_recover(&r, through_block, v));
    CHECK_EQ(atoi(r.text), v);
}

int main(void)
{
    int n = test_scale(400, 50);
    go_maxprocs(4);
    go_chan(int) c = go_make(int, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < n; i++) {
        go_waitgroup_go(&wg, body, c, i);
        go_waitgroup_go(&wg, blocked, i);
        if (i % 8 == 0)
            go_waitgroup_go(&wg, recover_through_block, i);
    }
    for (int i = 0; i < 15 * n; i++)
        CHECK(go_recv(c, NULL));
    go_waitgroup_wait(&wg);
    go_drop(c);
}

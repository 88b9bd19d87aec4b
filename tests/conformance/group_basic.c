/* SPDX-License-Identifier: MIT */
/* Group: the wait returns the first error when all have ended, however they end; the
 * first error ends the context, with that cause, and so does the end of the group;
 * members may add members; groups nest. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static int return_it(int err)
{
    return err;
}

static int wait_for_end(go_context *ctx, int *ended)
{
    int err = go_sleep_ctx(GO_HOUR, ctx);
    go_yield(); /* late, but not too late for the wait */
    go_atomic_add(ended, 1);
    return err;
}

static void test_errors(void)
{
    go_group *g = go_group_new(NULL);
    CHECK_EQ(go_group_wait(g), 0);

    g = go_group_new(go_context_background());
    for (int i = 0; i < 50; i++)
        go_group_go(g, return_it, 0);
    CHECK_EQ(go_group_wait(g), 0);

    int ended = 0;
    g = go_group_new(NULL);
    go_context *ctx = go_context_hold(go_group_context(g));
    for (int i = 0; i < 10; i++)
        go_group_go(g, wait_for_end, ctx, &ended);
    CHECK(go_context_err(ctx) == 0);
    go_group_go(g, return_it, -71);
    CHECK_EQ(go_group_wait(g), -71);
    CHECK_EQ(go_atomic_load(&ended), 10);
    CHECK(go_context_err(ctx) == -ECANCELED && go_context_cause(ctx) == -71);
    go_context_drop(ctx);
}

/* Without an error the context ends with the group. */
static void test_context_ends(void)
{
    go_context *p = go_context_with_cancel(go_context_background());
    go_group *g = go_group_new(p);
    go_context *ctx = go_context_hold(go_group_context(g));
    go_group_go(g, return_it, 0);
    CHECK_EQ(go_group_wait(g), 0);
    CHECK_EQ(go_context_cause(ctx), -ECANCELED);
    CHECK_EQ(go_context_err(p), 0);
    go_context_drop(ctx);

    int ended = 0;
    g = go_group_new(p);
    go_group_go(g, wait_for_end, go_group_context(g), &ended);
    go_context_cancel_cause(p, 4);
    CHECK_EQ(go_group_wait(g), -ECANCELED);
    CHECK_EQ(ended, 1);
    go_context_drop(p);
}

static void note(void *n)
{
    go_yield();
    go_atomic_add((int *)n, 1);
}

static go_local last = { .destroy = note };

static int leave(int *n, int how)
{
    CHECK_EQ(go_local_set(&last, n), 0);
    if (how == 1)
        go_exit(); /* no error */
    return how;
}

/* Nothing outlives it, destructors of locals included. */
static void test_exits(void)
{
    for (int lap = 0; lap < test_scale(300, 30); lap++) {
        int n = 0;
        go_group *g = go_group_new(NULL);
        for (int i = 0; i < 6; i++)
            go_group_go(g, leave, &n, i % 2);
        CHECK_EQ(go_group_wait(g), 0);
        CHECK_EQ(go_atomic_load(&n), 6);
    }
}

static int grow(go_group *g, int depth, int *n)
{
    go_atomic_add(n, 1);
    for (int i = 0; depth > 0 && i < 2; i++)
        go_group_go(g, grow, g, depth - 1, n);
    return depth == 0 && go_atomic_load(n) == 63 ? -1 : 0;
}

static int inner(int err, int *n)
{
    go_group *g = go_group_new(NULL);
    go_group_go(g, return_it, err);
    go_group_go(g, leave, n, 1);
    return go_group_wait(g);
}

static void test_shapes(void)
{
    int n = 0;
    go_group *g = go_group_new(NULL);
    go_group_go(g, grow, g, 5, &n);
    CHECK_EQ(go_group_wait(g), -1); /* the last of 63 was a leaf */
    CHECK_EQ(n, 63);

    n = 0;
    g = go_group_new(NULL);
    for (int i = 0; i < 8; i++)
        go_group_go(g, inner, i == 5 ? 55 : 0, &n);
    CHECK_EQ(go_group_wait(g), 55);
    CHECK_EQ(n, 8);
}

int main(void)
{
    test_errors();
    test_context_ends();
    test_exits();
    test_shapes();
    return 0;
}

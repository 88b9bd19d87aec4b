/* SPDX-License-Identifier: MIT */
/* Every call that waits has a form with a deadline and one with a context: those of
 * groups and of the once forms.  What gave up changed nothing; the error says which. */
#include "check.h"

#include <goroutine.h>

static go_chan(int) gate;

static int member(int result)
{
    go_recv(gate, NULL);
    return result;
}

static go_context *ended(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    return ctx;
}

static void test_group(void)
{
    go_group *g = go_group_new(NULL);
    go_context *ctx = ended();
    int err = 1;
    go_group_set_limit(g, 1);
    CHECK_EQ(go_group_go_until(g, go_now(), member, 0), 0);
    CHECK_EQ(go_group_go_until(g, go_now() + GO_MILLISECOND, member, 0), -ETIMEDOUT);
    CHECK_EQ(go_group_go_ctx(g, ctx, member, 0), -ECANCELED);
    CHECK_EQ(go_group_wait_until(g, go_now() + GO_MILLISECOND, &err), -ETIMEDOUT);
    CHECK_EQ(go_group_wait_ctx(g, ctx, &err), -ECANCELED);
    CHECK_EQ(err, 1);
    go_send(gate, 0);
    CHECK_EQ(go_group_go_ctx(g, NULL, member, -EIO), 0);
    go_send(gate, 0);
    CHECK_EQ(go_group_wait_until(g, GO_FOREVER, &err), 0);
    CHECK_EQ(err, -EIO);

    g = go_group_new(NULL);
    CHECK_EQ(go_group_wait_ctx(g, ctx, &err), 0); /* at once, though ctx has ended */
    CHECK_EQ(err, 0);
    go_context_drop(ctx);
}

static go_once_func func;
static go_once_value(int) value;
static int runs;

static int slow(int v)
{
    go_atomic_add(&runs, 1);
    go_recv(gate, NULL);
    return v;
}

static void run_both(go_chan(int) begun)
{
    go_send(begun, 0);
    go_once_call(&func, slow, 1);
    CHECK_EQ(go_once_get(&value, slow, 2), 2);
}

static void test_once(void)
{
    go_chan(int) begun = go_make(int, 0);
    go_waitgroup wg = { 0 };
    go_context *ctx = ended();
    int v = 9;
    go_waitgroup_go(&wg, run_both, begun);
    go_recv(begun, NULL);
    while (go_atomic_load(&runs) < 1)
        go_yield();
    CHECK_EQ(go_once_call_until(&func, go_now() + GO_MILLISECOND, slow, 3), -ETIMEDOUT);
    CHECK_EQ(go_once_call_ctx(&func, ctx, slow, 3), -ECANCELED);
    go_send(gate, 0);
    CHECK_EQ(go_once_call_until(&func, GO_FOREVER, slow, 3), 0);
    while (go_atomic_load(&runs) < 2)
        go_yield();
    CHECK_EQ(go_once_get_until(&value, &v, go_now() + GO_MILLISECOND, slow, 4), -ETIMEDOUT);
    CHECK_EQ(go_once_get_ctx(&value, &v, ctx, slow, 4), -ECANCELED);
    CHECK_EQ(v, 9);
    go_send(gate, 0);
    CHECK_EQ(go_once_get_ctx(&value, &v, NULL, slow, 4), 0);
    CHECK_EQ(v, 2);
    CHECK_EQ(go_once_call_ctx(&func, ctx, slow, 5), 0);
    go_waitgroup_wait(&wg);
    CHECK_EQ(runs, 2);
    go_context_drop(ctx);
    go_drop(begun);
}

int main(void)
{
    gate = go_make(int, 0);
    test_group();
    test_once();
    go_drop(gate);
    return 0;
}

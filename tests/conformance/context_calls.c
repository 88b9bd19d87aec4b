/* SPDX-License-Identifier: MIT */
/* Every call that can wait ends with a context, and tells how that ended; contexts that
 * only add a value, or never end, do as what they are made from. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static char key;
static go_chan(int) chan;
static go_mutex mutex;
static go_rwmutex rwmutex;
static go_waitgroup group;
static go_cond cond;
static go_mutex cond_mutex;

static int recv_value(go_context *ctx)
{
    int v;
    return go_recv_ctx(chan, &v, ctx);
}
static int send_value(go_context *ctx)
{
    return go_send_ctx(chan, 1, ctx);
}
static int recv_nil(go_context *ctx)
{
    return go_recv_ctx((go_chan(int))NULL, NULL, ctx);
}
static int sleep_long(go_context *ctx)
{
    return go_sleep_ctx(GO_HOUR, ctx);
}
static int lock(go_context *ctx)
{
    return go_mutex_lock_ctx(&mutex, ctx);
}
static int write_lock(go_context *ctx)
{
    return go_rwmutex_lock_ctx(&rwmutex, ctx);
}
static int read_lock(go_context *ctx)
{
    return go_rwmutex_rlock_ctx(&rwmutex, ctx);
}
static int wait_group(go_context *ctx)
{
    return go_waitgroup_wait_ctx(&group, ctx);
}
static int wait_cond(go_context *ctx)
{
    go_mutex_lock(&cond_mutex);
    int err = go_cond_wait_ctx(&cond, &cond_mutex, ctx);
    go_mutex_unlock(&cond_mutex);
    return err;
}

typedef int call(go_context *ctx);

static call *const calls[] = { recv_value, send_value, recv_nil,   sleep_long, lock,
                               write_lock, read_lock,  wait_group, wait_cond };

static void check(call *f, go_context *ctx, int err, go_waitgroup *wg)
{
    CHECK_EQ(f(ctx), err);
    go_waitgroup_done(wg);
}

static void test_all(go_context *ctx, int err, bool cancel)
{
    go_waitgroup wg = { 0 };
    go_context *v = go_context_with_value(ctx, &key, NULL);
    for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
        go_waitgroup_add(&wg, 1);
        go(check, calls[i], i % 2 ? ctx : v, err, &wg);
    }
    for (int i = 0; cancel && i < 20; i++)
        go_yield();
    if (cancel)
        go_context_cancel(ctx);
    go_waitgroup_wait(&wg);
    go_context_drop(v);
}

static void give(go_chan(int) c)
{
    go_send(c, 5);
}

/* A context that never ends is no bound at all. */
static void test_endless(void)
{
    go_context *c = go_context_with_cancel(go_context_background());
    go_context *l = go_context_without_cancel(c), *v = go_context_with_value(l, &key, NULL);
    go_context_cancel(c);
    go_context *all[] = { go_context_background(), go_context_todo(), l, v, NULL };
    for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
        int got;
        go(give, chan);
        CHECK(go_recv_ctx(chan, &got, all[i]) == 0 && got == 5);
        CHECK_EQ(go_sleep_ctx(1, all[i]), 0);
    }
    /* What can be done at once is done, also when it is over. */
    go_chan(int) full = go_make(int, 1);
    int got;
    CHECK_EQ(go_send_ctx(full, 3, c), 0);
    CHECK_EQ(go_send_ctx(full, 4, c), -ECANCELED);
    CHECK(go_recv_ctx(full, &got, c) == 0 && got == 3);
    CHECK_EQ(go_recv_ctx(full, &got, c), -ECANCELED);
    go_drop(full);
    go_context_drop(c);
    go_context_drop(l);
    go_context_drop(v);
}

int main(void)
{
    chan = go_make(int, 0);
    go_mutex_lock(&mutex);
    go_rwmutex_lock(&rwmutex);
    go_waitgroup_add(&group, 1);
    test_endless();
    go_drop(chan);
    for (int i = 0; i < test_scale(20, 3); i++) {
        go_chan(int) mine = chan = go_make(int, 0);
        go_context *c = go_context_with_cancel(go_context_background());
        /* send and receive would find each other. */
        go_context *t = go_context_with_timeout(c, 500 * GO_MICROSECOND);
        CHECK_EQ(recv_value(t), -ETIMEDOUT);
        CHECK_EQ(send_value(t), -ETIMEDOUT);
        CHECK_EQ(recv_value(t), -ETIMEDOUT);
        go_context_drop(t);
        chan = NULL;
        t = go_context_with_timeout(c, 2 * GO_MILLISECOND);
        test_all(t, -ETIMEDOUT, false);
        test_all(c, -ECANCELED, true);
        test_all(c, -ECANCELED, false);
        go_context_drop(t);
        go_context_drop(c);
        go_drop(mine);
    }
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* The memory model, beginnings and ends: the go statement in each of its forms is before
 * the goroutine; the end of a goroutine before the return of its join, and of a group
 * before its wait; a cancel before whoever sees the context ended, by go_context_err, its
 * channel, a wait with _ctx or a function left with it; arming a timer before its
 * function.
 *
 * All data is plain, so the thread sanitizer checks the same promises. */
#include "check.h"

#include <errno.h>
#include <goroutine.h>

static int rounds;

static void take(const int *data, int want, int *seen)
{
    CHECK_EQ(*data, want);
    *seen = want;
}

static int take_for_group(int *data, int want)
{
    CHECK_EQ(*data, want);
    data[1 + want % 2] = want;
    return 0;
}

static void joins(int i)
{
    int data = i, seen = 0;
    go_join(go_start(take, &data, i, &seen));
    CHECK_EQ(seen, i);
    data = ++i;
    go_handle *h = go_start_with(go_attr(.stack = 1 << 18), take, &data, i, &seen);
    while (go_join_until(h, go_now() + GO_MILLISECOND) != 0)
        ;
    CHECK_EQ(seen, i);
}

static void groups(int i)
{
    int data[3] = { i, 0, 0 };
    go_group *g = go_group_new(NULL);
    go_group_go(g, take_for_group, data, i);
    CHECK_EQ(go_group_wait(g), 0);
    CHECK_EQ(data[1 + i % 2], i);
}

/* --- the end of a context --- */

struct news {
    go_context *ctx;
    int data;
};

static void by_err(struct news *n)
{
    while (!go_context_err(n->ctx))
        go_yield();
    CHECK_EQ(n->data, 7);
}

static void by_channel(struct news *n)
{
    CHECK(!go_recv(go_context_done(n->ctx), NULL));
    CHECK_EQ(n->data, 7);
}

static void by_select(struct news *n)
{
    go_chan(int) never = NULL;
    CHECK_EQ(go_select(go_on_recv(never, NULL), go_on_done(n->ctx)), 1);
    CHECK_EQ(n->data, 7);
}

static void by_wait(struct news *n)
{
    CHECK_EQ(go_sleep_ctx(GO_HOUR, n->ctx), -ECANCELED);
    CHECK_EQ(n->data, 7);
}

static void by_child(struct news *n)
{
    go_context *child = go_context_with_cancel(n->ctx);
    CHECK(!go_recv(go_context_done(child), NULL));
    CHECK_EQ(n->data, 7);
    go_context_drop(child);
}

static void by_function(struct news *n, go_waitgroup *wg)
{
    CHECK_EQ(n->data, 7);
    go_waitgroup_done(wg);
}

static void cancels(void)
{
    go_waitgroup wg = { 0 };
    struct news n = { .ctx = go_context_with_cancel(go_context_background()) };
    void (*const seers[])(struct news *) = { by_err, by_channel, by_select, by_wait, by_child };
    for (size_t i = 0; i < sizeof seers / sizeof *seers; i++)
        go_waitgroup_go(&wg, seers[i], &n);
    go_waitgroup_add(&wg, 1);
    go_context_after_drop(go_context_after_func(n.ctx, by_function, &n, &wg));
    go_yield();
    n.data = 7;
    go_context_cancel(n.ctx);
    go_waitgroup_wait(&wg);
    go_context_drop(n.ctx);
}

/* --- timers --- */

static void ring(const int *data, int want, go_chan(int) c)
{
    CHECK_EQ(*data, want);
    go_send(c, want);
}

static void timers(int i)
{
    int data = i, v = 0;
    go_chan(int) c = go_make(int, 1);
    go_timer_drop(go_after_func(0, ring, &data, i, c));
    CHECK(go_recv(c, &v));
    CHECK_EQ(v, i);
    go_drop(c);
}

int main(void)
{
    rounds = test_scale(300, 30);
    for (int procs = 1; procs <= 4; procs *= 2) {
        go_maxprocs(procs);
        for (int i = 1; i <= rounds; i++) {
            joins(i);
            groups(i);
            cancels();
            timers(i);
        }
    }
}

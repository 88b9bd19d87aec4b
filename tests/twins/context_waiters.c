/* SPDX-License-Identifier: MIT */
/* Many goroutines, each waiting in its own way, all released by one cancel. */
#include <goroutine.h>
#include <stdio.h>

static int32_t by_channel, by_select, by_polling, by_child;

static void wait_channel(go_context *ctx)
{
    go_recv(go_context_done(ctx), NULL);
    go_atomic_add(&by_channel, 1);
}

static void wait_select(go_context *ctx)
{
    go_chan(int) never = go_make(int, 0);
    if (go_select(go_on_recv(never, NULL), go_on_done(ctx)) == 1)
        go_atomic_add(&by_select, 1);
    go_drop(never);
}

static void wait_polling(go_context *ctx)
{
    while (!go_context_err(ctx))
        go_yield();
    go_atomic_add(&by_polling, 1);
}

static void wait_child(go_context *ctx)
{
    go_context *child = go_context_with_timeout(ctx, GO_HOUR);
    go_recv(go_context_done(child), NULL);
    if (go_context_err(child) == -ECANCELED)
        go_atomic_add(&by_child, 1);
    go_context_drop(child);
}

int main(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 25; i++) {
        go_waitgroup_go(&wg, wait_channel, ctx);
        go_waitgroup_go(&wg, wait_select, ctx);
        go_waitgroup_go(&wg, wait_polling, ctx);
        go_waitgroup_go(&wg, wait_child, ctx);
    }
    go_sleep(GO_MILLISECOND);
    printf("before: %d %d %d %d\n", go_atomic_load(&by_channel), go_atomic_load(&by_select),
           go_atomic_load(&by_polling), go_atomic_load(&by_child));
    go_context_cancel(ctx);
    go_waitgroup_wait(&wg);
    printf("after: %d %d %d %d\n", go_atomic_load(&by_channel), go_atomic_load(&by_select),
           go_atomic_load(&by_polling), go_atomic_load(&by_child));
    go_context_drop(ctx);
}

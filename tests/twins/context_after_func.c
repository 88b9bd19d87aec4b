/* SPDX-License-Identifier: MIT */
/* A function left with a context wakes one who cannot wait for a channel: a waiter on a
 * condition variable. */
#include <goroutine.h>
#include <stdio.h>

static go_mutex lock;
static go_cond changed;
static int items;

static void wake_all(void)
{
    go_mutex_lock(&lock);
    go_cond_broadcast(&changed);
    go_mutex_unlock(&lock);
}

static int take(go_context *ctx)
{
    go_context_after *a = go_context_after_func(ctx, wake_all);
    go_mutex_lock(&lock);
    while (!items && !go_context_err(ctx))
        go_cond_wait(&changed, &lock);
    int err = items ? 0 : go_context_err(ctx);
    items -= !err;
    go_mutex_unlock(&lock);
    printf("stopped in time: %s\n", go_context_after_stop(a) ? "true" : "false");
    return err;
}

static void put(void)
{
    go_mutex_lock(&lock);
    items++;
    go_cond_signal(&changed);
    go_mutex_unlock(&lock);
}

int main(void)
{
    go_context *ctx = go_context_with_timeout(go_context_background(), GO_MINUTE);
    go(put);
    printf("take: %s\n", go_context_error_text(take(ctx)));
    go_context_drop(ctx);

    ctx = go_context_with_timeout(go_context_background(), 2 * GO_MILLISECOND);
    printf("take: %s\n", go_context_error_text(take(ctx)));
    put();
    printf("take: %s\n", go_context_error_text(take(ctx)));
    printf("take: %s\n", go_context_error_text(take(ctx)));
    go_context_drop(ctx);
}

/* SPDX-License-Identifier: MIT */
/* A group brings back the first error; the others see the end of the context. */
#include <goroutine.h>
#include <stdio.h>

static int32_t stopped;

static int fail(int code)
{
    return code;
}

static int work(go_context *ctx)
{
    go_recv(go_context_done(ctx), NULL);
    go_atomic_add(&stopped, 1);
    return go_context_err(ctx);
}

static const char *text(int err)
{
    static char buffer[32];
    if (err <= 0)
        return go_context_error_text(err);
    snprintf(buffer, sizeof buffer, "code %d", err);
    return buffer;
}

int main(void)
{
    go_group *g = go_group_new(go_context_background());
    go_context *ctx = go_context_hold(go_group_context(g));
    for (int i = 0; i < 5; i++)
        go_group_go(g, fail, 0);
    printf("none: %s\n", text(go_group_wait(g)));
    printf("context: %s, %s\n", text(go_context_err(ctx)), text(go_context_cause(ctx)));
    go_context_drop(ctx);

    g = go_group_new(go_context_background());
    ctx = go_context_hold(go_group_context(g));
    for (int i = 0; i < 5; i++)
        go_group_go(g, work, ctx);
    go_group_go(g, fail, 17);
    printf("one: %s\n", text(go_group_wait(g)));
    printf("stopped: %d\n", go_atomic_load(&stopped));
    printf("context: %s, %s\n", text(go_context_err(ctx)), text(go_context_cause(ctx)));
    go_context_drop(ctx);

    go_context *parent = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    g = go_group_new(parent);
    go_group_go(g, work, go_group_context(g));
    printf("parent: %s\n", text(go_group_wait(g)));
    go_context_drop(parent);
}

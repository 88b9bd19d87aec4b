/* SPDX-License-Identifier: MIT */
/* When a stop prevents the function, and when it comes too late. */
#include <goroutine.h>
#include <stdio.h>

static void say(const char *text, go_chan(int) said)
{
    printf("%s\n", text);
    go_send(said, 1);
}

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

int main(void)
{
    go_chan(int) said = go_make(int, 0);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_after *a = go_context_after_func(ctx, say, "stopped", said);
    go_context_after *b = go_context_after_func(ctx, say, "cancelled", said);
    printf("before: %s\n", yes_no(go_context_after_stop(a)));
    go_context_cancel(ctx);
    go_recv(said, NULL);
    printf("after: %s\n", yes_no(go_context_after_stop(b)));

    a = go_context_after_func(ctx, say, "at once", said);
    go_recv(said, NULL);
    printf("late: %s\n", yes_no(go_context_after_stop(a)));

    a = go_context_after_func(go_context_background(), say, "never", said);
    printf("root: %s\n", yes_no(go_context_after_stop(a)));

    go_context *child = go_context_with_timeout(go_context_background(), GO_MILLISECOND);
    go_context_after_drop(go_context_after_func(child, say, "deadline", said));
    go_recv(said, NULL);
    go_context_drop(child);
    go_context_drop(ctx);
    go_drop(said);
}

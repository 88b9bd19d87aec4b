/* SPDX-License-Identifier: MIT */
/* What must be finished although the request is over runs in a context of its own. */
#include <goroutine.h>
#include <stdio.h>

static char request;

static void finish(go_context *ctx, go_chan(int) done)
{
    printf("cleaning up after %s: %s\n", (char *)go_context_value(ctx, &request),
           go_context_error_text(go_context_err(ctx)));
    printf("never ends: %s\n", go_context_done(ctx) ? "no" : "yes");
    go_context *limited = go_context_with_timeout(ctx, GO_MILLISECOND);
    go_recv(go_context_done(limited), NULL);
    printf("its own limit: %s\n", go_context_error_text(go_context_err(limited)));
    go_context_drop(limited);
    go_context_drop(ctx);
    go_send(done, 1);
}

int main(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context *req = go_context_with_value(ctx, &request, "request 7");
    go_chan(int) done = go_make(int, 0);
    go_context_cancel(ctx);
    printf("request: %s\n", go_context_error_text(go_context_err(req)));
    go(finish, go_context_without_cancel(req), done);
    go_context_drop(req);
    go_context_drop(ctx);
    go_recv(done, NULL);
    go_drop(done);
}

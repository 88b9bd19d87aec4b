/* SPDX-License-Identifier: MIT */
/* A generator runs until its context is cancelled, and says why it stopped. */
#include <goroutine.h>
#include <stdio.h>

static void generate(go_context *ctx, go_chan(int) out, go_chan(int) stopped)
{
    for (int n = 1;; n++) {
        switch (go_select(go_on_done(ctx), go_on_send(out, n * n))) {
        case 0:
            go_send(stopped, go_context_err(ctx));
            return;
        case 1:
            break;
        }
    }
}

int main(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_chan(int) out = go_make(int, 0), stopped = go_make(int, 0);
    int v, err;
    go(generate, ctx, out, stopped);
    for (int i = 0; i < 5; i++) {
        go_recv(out, &v);
        printf("%d\n", v);
    }
    printf("before: %s\n", go_context_error_text(go_context_err(ctx)));
    go_context_cancel(ctx);
    go_recv(stopped, &err);
    printf("generator: %s\n", go_context_error_text(err));
    printf("after: %s\n", go_context_error_text(go_context_err(ctx)));
    go_context_cancel(ctx);
    printf("again: %s\n", go_context_error_text(go_context_err(ctx)));
    go_context_drop(ctx);
    go_drop(out);
    go_drop(stopped);
}

/* SPDX-License-Identifier: MIT */
/* Sends, receives and sleeps that end when a context does, by its being cancelled or
 * by its deadline; and that come to their own end first where they can. */
#include <goroutine.h>
#include <stdio.h>

static void show(const char *what, int err)
{
    printf("%s: %s\n", what, err == -EPIPE ? "closed" : err ? go_context_error_text(err) : "done");
}

static void wait_in(const char *what, go_chan(int) c, go_context *ctx, go_chan(const char *) over)
{
    int v;
    if (go_recv_ctx(c, &v, ctx) == -ECANCELED)
        go_send(over, what);
}

static void select_in(go_chan(int) c, go_context *ctx, go_chan(const char *) over)
{
    int v;
    if (go_select(go_on_recv(c, &v), go_on_send(c, 1), go_on_done(ctx)) == 2)
        go_send(over, "select");
}

static void sleep_in(go_context *ctx, go_chan(const char *) over)
{
    if (go_sleep_ctx(GO_HOUR, ctx) == -ECANCELED)
        go_send(over, "sleep");
}

int main(void)
{
    go_context *never = go_context_background();
    go_chan(int) c = go_make(int, 1), nil = NULL;
    int v = 0;
    show("send", go_send_ctx(c, 5, never));
    show("receive", go_recv_ctx(c, &v, never));
    printf("received %d\n", v);
    show("sleep", go_sleep_ctx(GO_MILLISECOND, never));
    go_context *ctx = go_context_with_timeout(never, 3 * GO_MILLISECOND);
    show("receive from the empty", go_recv_ctx(c, &v, ctx));
    show("sleep", go_sleep_ctx(GO_HOUR, ctx));
    go_send(c, 6);
    show("send to the full", go_send_ctx(c, 7, ctx));
    show("send to nil", go_send_ctx(nil, 7, ctx));
    go_context_drop(ctx);

    go_chan(const char *) over = go_make(const char *, 0);
    ctx = go_context_with_cancel(never);
    go(wait_in, "receive from nil", nil, ctx, over);
    go(select_in, nil, ctx, over);
    go(sleep_in, ctx, over);
    go_yield();
    go_context_cancel(ctx);
    size_t length = 0;
    for (int i = 0; i < 3; i++) {
        const char *what;
        go_recv(over, &what);
        while (*what++)
            length++;
    }
    printf("ended, letters in all %zu\n", length);
    go_recv(c, NULL);
    go_close(c);
    show("receive from the closed", go_recv_ctx(c, &v, never));
    go_context_drop(ctx);
    go_drop(c);
    go_drop(over);
}

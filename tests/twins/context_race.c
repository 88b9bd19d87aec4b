/* SPDX-License-Identifier: MIT */
/* Ask three replicas, take the first answer, cancel the rest. */
#include <goroutine.h>
#include <stdio.h>

struct answer {
    int replica;
    const char *text;
};

static void ask(go_context *ctx, int replica, int64_t takes, go_chan(struct answer) out,
                go_chan(int) gave_up)
{
    struct answer a = { replica, "pong" };
    if (go_sleep_ctx(takes, ctx) == 0)
        go_send(out, a);
    else
        go_send(gave_up, replica);
}

int main(void)
{
    const int64_t takes[] = { GO_MINUTE, 2 * GO_MILLISECOND, GO_HOUR };
    go_context *ctx = go_context_with_timeout(go_context_background(), 10 * GO_SECOND);
    go_chan(struct answer) out = go_make(struct answer, 0);
    go_chan(int) gave_up = go_make(int, 0);
    struct answer a;
    int sum = 0;
    for (int i = 0; i < 3; i++)
        go(ask, ctx, i, takes[i], out, gave_up);
    go_recv(out, &a);
    printf("replica %d: %s\n", a.replica, a.text);
    go_context_cancel(ctx);
    for (int i = 0; i < 2; i++) {
        int who;
        go_recv(gave_up, &who);
        sum += who;
    }
    printf("the others gave up: %d\n", sum);
    printf("%s\n", go_context_error_text(go_context_err(ctx)));
    go_drop(out);
    go_drop(gave_up);
    go_context_drop(ctx);
}

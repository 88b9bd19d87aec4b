/* SPDX-License-Identifier: MIT */
/* A pipeline whose stages all give up when its consumer has seen enough. */
#include <goroutine.h>
#include <stdio.h>

static void count(go_context *ctx, go_chan(int) out)
{
    for (int i = 1; go_send_ctx(out, i, ctx) == 0; i++)
        ;
    go_close(out);
}

static void square(go_context *ctx, go_chan(int) in, go_chan(int) out)
{
    int v;
    while (go_recv_ctx(in, &v, ctx) == 0)
        if (go_send_ctx(out, v * v, ctx))
            break;
    go_close(out);
}

static void keep_odd(go_context *ctx, go_chan(int) in, go_chan(int) out)
{
    int v;
    while (go_recv_ctx(in, &v, ctx) == 0)
        if (v % 2 && go_send_ctx(out, v, ctx))
            break;
    go_close(out);
}

int main(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_chan(int) a = go_make(int, 0), b = go_make(int, 0), c = go_make(int, 2);
    go_waitgroup wg = { 0 };
    go_waitgroup_go(&wg, count, ctx, a);
    go_waitgroup_go(&wg, square, ctx, a, b);
    go_waitgroup_go(&wg, keep_odd, ctx, b, c);
    int sum = 0;
    go_range (v, c) {
        sum += v;
        printf("%d\n", v);
        if (sum > 500)
            break;
    }
    go_context_cancel(ctx);
    go_waitgroup_wait(&wg);
    printf("sum %d, all stages have ended\n", sum);
    go_drop(a);
    go_drop(b);
    go_drop(c);
    go_context_drop(ctx);
}

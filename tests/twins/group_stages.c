/* SPDX-License-Identifier: MIT */
/* Stages joined by channels, run as one group; the failure of one ends them all. */
#include <goroutine.h>
#include <stdio.h>

enum { BAD = 3 };

static int produce(go_context *ctx, go_chan(int) out, int n)
{
    int err = 0;
    for (int i = 1; i <= n && !err; i++)
        err = go_send_ctx(out, i, ctx);
    go_close(out);
    return err;
}

static int check(go_context *ctx, go_chan(int) in, go_chan(int) out, int bad)
{
    int v, err;
    while ((err = go_recv_ctx(in, &v, ctx)) == 0) {
        err = v == bad ? BAD : go_send_ctx(out, v, ctx);
        if (err)
            return err;
    }
    go_close(out);
    return err == -EPIPE ? 0 : err;
}

static int add(go_context *ctx, go_chan(int) in, int64_t *sum)
{
    int v, err;
    while ((err = go_recv_ctx(in, &v, ctx)) == 0)
        *sum += v;
    return err == -EPIPE ? 0 : err;
}

static void run(int n, int bad)
{
    int64_t sum = 0;
    go_chan(int) a = go_make(int, 0), b = go_make(int, 4);
    go_group *g = go_group_new(NULL);
    go_context *ctx = go_group_context(g);
    go_group_go(g, produce, ctx, a, n);
    go_group_go(g, check, ctx, a, b, bad);
    go_group_go(g, add, ctx, b, &sum);
    int err = go_group_wait(g);
    if (err)
        printf("%d items: failed with code %d\n", n, err);
    else
        printf("%d items: sum %lld\n", n, (long long)sum);
    go_drop(a);
    go_drop(b);
}

int main(void)
{
    run(10, 0);
    run(1000, 0);
    run(1000, 500);
    run(0, 1);
    run(1, 1);
}

/* SPDX-License-Identifier: MIT */
/* Who finds a once at work may wait for it, but not for ever; who does the work is
 * not disturbed. */
#include <goroutine.h>
#include <stdio.h>

static go_once once;

static void work(void *arg)
{
    go_chan(int) *gates = arg;
    printf("begun\n");
    go_send(gates[0], 1);
    go_recv(gates[1], NULL);
    printf("finished\n");
}

static void never(void *arg)
{
    printf("never printed %p\n", arg);
}

static void worker(go_chan(int) *gates, go_context *ctx)
{
    /* The context has ended already: it bounds the wait for another's work alone. */
    go_send(gates[0], go_once_do_ctx(&once, work, gates, ctx));
}

static void show(const char *what, int err)
{
    printf("%s: %s\n", what, err ? go_context_error_text(err) : "done");
}

int main(void)
{
    go_chan(int) gates[2] = { go_make(int, 0), go_make(int, 0) };
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    go(worker, gates, ctx);
    go_recv(gates[0], NULL);
    show("until soon", go_once_do_until(&once, never, NULL, go_now() + 2 * GO_MILLISECOND));
    show("with the context", go_once_do_ctx(&once, never, NULL, ctx));
    int err;
    go_send(gates[1], 1);
    go_recv(gates[0], &err);
    show("the worker", err);
    show("until long ago", go_once_do_until(&once, never, NULL, 0));
    show("with the context", go_once_do_ctx(&once, never, NULL, ctx));
    go_context_drop(ctx);
    go_drop(gates[0]);
    go_drop(gates[1]);
}

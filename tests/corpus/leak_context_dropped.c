/* SPDX-License-Identifier: MIT */
/* Pattern: a goroutine that lives until its context ends; the context is dropped, but
 * nobody cancels it.
 * Report: the goroutine, in its select. */
#include "corpus.h"

static void watch(go_context *ctx, go_chan(int) events)
{
    int e;
    while (go_select(go_on_recv(events, &e), go_on_done(ctx)) == 0)
        ;
    go_context_drop(ctx);
}

static corpus_part void subscribe(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_chan(int) events = go_make(int, 0);
    go(watch, go_context_hold(ctx), events);
    go_send(events, 1);
    go_context_drop(ctx); /* without go_context_cancel */
}

int main(void)
{
    subscribe();
    corpus_leaks(1);
}

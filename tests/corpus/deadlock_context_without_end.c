/* SPDX-License-Identifier: MIT */
/* Pattern: a program that ends when its context does, with a context that nobody will
 * cancel.
 * Report: main, receiving; the worker in its select. */
#include "corpus.h"

static void work(go_context *ctx, go_chan(int) jobs)
{
    int job;
    while (go_select(go_on_recv(jobs, &job), go_on_done(ctx)) == 0)
        ;
}

int main(void)
{
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_chan(int) jobs = go_make(int, 0);
    go(work, ctx, jobs);
    go_send(jobs, 1);
    go_recv(go_context_done(ctx), NULL);
    go_context_drop(ctx);
}

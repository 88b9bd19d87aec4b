/* SPDX-License-Identifier: MIT */
/* context - a request with a time limit asks three servers, and takes the first answer:
 * the end of the context calls the others back. */
#include <goroutine.h>
#include <stdio.h>

static char request_id; /* its address is the key */

struct answer {
    int server;
    int64_t took;
};

/* As long as the server takes, or the context lasts. */
static void ask(go_context *ctx, int server, int64_t takes, go_chan(struct answer) out)
{
    const char *id = go_context_value(ctx, &request_id);
    int64_t begin = go_now();
    int err = go_sleep_ctx(takes, ctx);
    if (!err)
        err = go_send_ctx(out, ((struct answer){ server, go_now() - begin }), ctx);
    printf("%s: server %d: %s\n", id, server, err ? go_context_error_text(err) : "answered");
}

static bool first_answer(go_context *ctx, struct answer *a)
{
    go_chan(struct answer) out = go_make(struct answer, 0);
    go_context *own = go_context_with_cancel(ctx); /* ends what we start */
    go_waitgroup wg = { 0 };
    for (int i = 0; i < 3; i++)
        go_waitgroup_go(&wg, ask, own, i, (i * 20 + 5) * GO_MILLISECOND, out);
    bool got = go_recv_ctx(out, a, own) == 0;
    go_context_cancel(own);
    go_waitgroup_wait(&wg);
    go_context_drop(own);
    go_drop(out);
    return got;
}

static bool handle(const char *id, int64_t limit)
{
    go_context *limited = go_context_with_timeout(go_context_background(), limit);
    go_context *ctx = go_context_with_value(limited, &request_id, (void *)(uintptr_t)id);
    struct answer a;
    bool got = first_answer(ctx, &a);
    if (got)
        printf("%s: server %d was first, after %d ms\n", id, a.server,
               (int)(a.took / GO_MILLISECOND));
    else
        printf("%s: no answer: %s\n", id, go_context_error_text(go_context_err(ctx)));
    go_context_drop(ctx);
    go_context_drop(limited);
    return got;
}

int main(void)
{
    bool patient = handle("patient", 5 * GO_SECOND);
    bool hasty = handle("hasty", GO_MILLISECOND);
    return !patient || hasty;
}

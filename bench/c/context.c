/* SPDX-License-Identifier: MIT */
/* Contexts: make one below another, cancel it, let it go; the same with a deadline; and
 * with its channel; one cancel for many children. */
#include "report.h"

#include <goroutine.h>

enum { CHILDREN = 1000 };

static void one_by_one(const char *name, long n, go_context *parent, int64_t timeout)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_context *ctx =
            timeout ? go_context_with_timeout(parent, timeout) : go_context_with_cancel(parent);
        go_context_cancel(ctx);
        go_context_drop(ctx);
    }
    report_per_op(name, start, n);
}

static void all_at_once(long n, go_context *parent)
{
    static go_context *child[CHILDREN];
    struct report_span start = report_start();
    for (long i = 0; i < n; i += CHILDREN) {
        go_context *p = go_context_with_cancel(parent);
        for (int k = 0; k < CHILDREN; k++)
            child[k] = go_context_with_cancel(p);
        go_context_cancel(p);
        for (int k = 0; k < CHILDREN; k++)
            go_context_drop(child[k]);
        go_context_drop(p);
    }
    report_per_op("context.family", start, n);
}

static void waited_for(long n, go_context *parent)
{
    struct report_span start = report_start();
    for (long i = 0; i < n; i++) {
        go_context *ctx = go_context_with_cancel(parent);
        go_chan(char) done = go_context_done(ctx);
        go_context_cancel(ctx);
        go_recv(done, NULL);
        go_context_drop(ctx);
    }
    report_per_op("context.done", start, n);
}

int main(int argc, char **argv)
{
    long n = report_count(argc, argv);
    go_context *root = go_context_with_cancel(go_context_background());
    one_by_one("context", n, root, 0);
    one_by_one("context.timeout", n, root, GO_HOUR);
    waited_for(n, root);
    all_at_once(n, root);
    go_context_drop(root);
}

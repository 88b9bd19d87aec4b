/* SPDX-License-Identifier: MIT */
/* The earliest deadline on the way to the root is the one that counts. */
#include <goroutine.h>
#include <stdio.h>

static int64_t start;

static void show(const char *name, go_context *ctx)
{
    int64_t t = go_context_deadline(ctx);
    if (t == GO_FOREVER)
        printf("%s: no deadline\n", name);
    else
        printf("%s: %lld ms\n", name, (long long)((t - start) / GO_MILLISECOND));
}

static go_context *after(go_context *parent, int64_t d)
{
    return go_context_with_deadline(parent, start + d);
}

int main(void)
{
    start = go_now();
    go_context *root = go_context_background();
    go_context *a = go_context_with_cancel(root);
    go_context *b = after(a, GO_MINUTE);
    go_context *c = after(b, GO_HOUR);
    go_context *d = after(c, 5 * GO_MILLISECOND);
    go_context *e = go_context_with_cancel(d);
    go_context *f = go_context_without_cancel(e);
    go_context *g = after(f, GO_HOUR);
    go_context *all[] = { root, a, b, c, d, e, f, g };
    const char *names[] = { "root", "a", "b", "c", "d", "e", "f", "g" };
    for (int i = 0; i < 8; i++)
        show(names[i], all[i]);
    go_recv(go_context_done(e), NULL);
    printf("e: %s\n", go_context_error_text(go_context_err(e)));
    printf("c: %s\n", go_context_error_text(go_context_err(c)));
    go_context *soon = after(a, 10 * GO_MILLISECOND), *h = after(soon, GO_HOUR);
    go_recv(go_context_done(h), NULL);
    printf("h: %s\n", go_context_error_text(go_context_err(h)));
    printf("a: %s\n", go_context_error_text(go_context_err(a)));
    printf("g: %s\n", go_context_error_text(go_context_err(g)));
    go_context_drop(h);
    go_context_drop(soon);
    for (int i = 0; i < 8; i++)
        go_context_drop(all[i]);
}

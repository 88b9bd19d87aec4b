/* SPDX-License-Identifier: MIT */
/* The first to cancel says why, and all below tell the same. */
#include <goroutine.h>
#include <stdio.h>

enum { SHUTDOWN = 1, TOO_SLOW, BAD_INPUT };

static void show(const char *name, go_context *ctx)
{
    static const char *const texts[] = { "", "shutdown", "too slow", "bad input" };
    int cause = go_context_cause(ctx);
    printf("%s: %s, because %s\n", name, go_context_error_text(go_context_err(ctx)),
           cause > 0 ? texts[cause] : go_context_error_text(cause));
}

int main(void)
{
    go_context *root = go_context_with_cancel(go_context_background());
    go_context *a = go_context_with_cancel(root);
    go_context *slow = go_context_with_timeout_cause(a, GO_MILLISECOND, TOO_SLOW);
    go_context *plain = go_context_with_timeout(a, GO_HOUR);
    go_context *b = go_context_with_cancel(root);
    show("root", root);
    go_recv(go_context_done(slow), NULL);
    show("slow", slow);
    go_context_cancel_cause(a, BAD_INPUT);
    show("a", a);
    show("slow", slow);
    show("plain", plain);
    go_context_cancel_cause(a, SHUTDOWN);
    go_context_cancel_cause(root, SHUTDOWN);
    show("root", root);
    show("a", a);
    show("b", b);
    go_context *late = go_context_with_timeout_cause(plain, 0, TOO_SLOW);
    show("late", late);
    go_context *none = go_context_with_cancel(go_context_background());
    go_context_cancel_cause(none, 0);
    show("none", none);
    go_context *all[] = { root, a, slow, plain, b, late, none };
    for (int i = 0; i < 7; i++)
        go_context_drop(all[i]);
}

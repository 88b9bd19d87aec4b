/* SPDX-License-Identifier: MIT */
/* A deadline with a cause of its own; who was first decides, and a value stays. */
#include <goroutine.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOO_SLOW = 7, BORED = 8 };

static const char name_key;

static void show(const char *what, go_context *ctx)
{
    int cause = go_context_cause(ctx);
    const char *text = cause == TOO_SLOW ? "too slow"
                       : cause == BORED  ? "bored"
                                         : go_context_error_text(cause);
    const char *name = go_context_value(ctx, &name_key);
    printf("%s: %s because %s, for %s\n", what, go_context_error_text(go_context_err(ctx)), text,
           name ? name : "nobody");
}

int main(void)
{
    go_context *root = go_context_todo();
    show("root", root);
    go_context *named = go_context_with_value_owned(root, &name_key, strdup("ada"), free);
    go_context *slow = go_context_with_deadline_cause(named, go_now() + GO_MILLISECOND, TOO_SLOW);
    go_recv(go_context_done(slow), NULL);
    show("past its deadline", slow);
    go_context_cancel_cause(slow, BORED);
    show("cancelled afterwards", slow);

    go_context *early = go_context_with_deadline_cause(named, go_now() + GO_HOUR, TOO_SLOW);
    show("before its deadline", early);
    go_context_cancel(early);
    show("cancelled before", early);

    go_context *outer = go_context_with_cancel(named);
    go_context *inner = go_context_with_deadline_cause(outer, go_now() + GO_HOUR, TOO_SLOW);
    go_context_cancel_cause(outer, BORED);
    show("cancelled from outside", inner);
    show("named", named);
    go_context *all[] = { named, slow, early, outer, inner };
    for (int i = 0; i < 5; i++)
        go_context_drop(all[i]);
}

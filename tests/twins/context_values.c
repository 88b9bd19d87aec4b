/* SPDX-License-Identifier: MIT */
/* Values travel with the context of a request; an inner one hides an outer one. */
#include <goroutine.h>
#include <stdio.h>

static char user, trace, locale;

static void show(const char *where, go_context *ctx)
{
    char *u = go_context_value(ctx, &user), *t = go_context_value(ctx, &trace);
    char *l = go_context_value(ctx, &locale);
    printf("%s: user %s, trace %s, locale %s\n", where, u ? u : "none", t ? t : "none",
           l ? l : "none");
}

static void store(go_context *ctx, go_waitgroup *wg)
{
    go_context *own = go_context_with_value(ctx, &user, "system");
    show("store", own);
    go_context_drop(own);
    go_waitgroup_done(wg);
}

static void handle(go_context *ctx)
{
    go_waitgroup wg = { 0 };
    go_context *limited = go_context_with_timeout(ctx, GO_MINUTE);
    go_context *traced = go_context_with_value(limited, &trace, "t-17");
    show("handle", traced);
    go_waitgroup_add(&wg, 1);
    go(store, traced, &wg);
    go_waitgroup_wait(&wg);
    show("handle", traced);
    go_context_cancel(limited);
    show("cancelled", traced);
    go_context *after = go_context_without_cancel(traced);
    show("audit", after);
    go_context_drop(after);
    go_context_drop(traced);
    go_context_drop(limited);
}

int main(void)
{
    show("root", go_context_background());
    go_context *a = go_context_with_value(go_context_background(), &locale, "de");
    go_context *b = go_context_with_value(a, &user, "ada");
    handle(b);
    show("request", b);
    show("server", a);
    go_context_drop(b);
    go_context_drop(a);
}

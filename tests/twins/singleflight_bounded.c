/* SPDX-License-Identifier: MIT */
/* Waiting for what another one fetches, but not for ever; the flight goes on. */
#include <goroutine.h>
#include <stdio.h>

static go_singleflight flights;
static go_chan(int) begun, finish;
static int calls;

static int fetch(void *arg, void **value)
{
    (void)arg;
    calls++;
    go_send(begun, calls);
    go_recv(finish, NULL);
    *value = calls == 1 ? "first" : "second";
    return 0;
}

static void first(go_chan(const char *) result)
{
    go_flight f = go_singleflight_do(&flights, "key", fetch, NULL);
    go_send(result, f.value);
}

static void show(const char *what, int err, const go_flight *f)
{
    if (err)
        printf("%s: %s\n", what, go_context_error_text(err));
    else
        printf("%s: %s\n", what, (const char *)f->value);
}

static void let_finish(void)
{
    go_recv(begun, NULL);
    go_send(finish, 0);
}

int main(void)
{
    begun = go_make(int, 0);
    finish = go_make(int, 0);
    go_chan(const char *) result = go_make(const char *, 0);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_context_cancel(ctx);
    go(first, result);
    go_recv(begun, NULL);

    go_flight f;
    int64_t soon = go_now() + 2 * GO_MILLISECOND;
    int err = go_singleflight_do_until(&flights, "key", fetch, NULL, &f, soon);
    show("until soon", err, &f);
    err = go_singleflight_do_ctx(&flights, "key", fetch, NULL, &f, ctx);
    show("cancelled", err, &f);
    const char *v;
    go_send(finish, 0);
    go_recv(result, &v);
    printf("who began: %s\n", v);

    go(let_finish);
    err = go_singleflight_do_ctx(&flights, "key", fetch, NULL, &f, go_context_background());
    show("once more", err, &f);
    printf("calls %d\n", calls);
    go_context_drop(ctx);
}

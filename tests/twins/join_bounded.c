/* SPDX-License-Identifier: MIT */
/* Waiting for a goroutine's end, but not for ever; giving up does not disturb it. */
#include <goroutine.h>
#include <stdio.h>

static int progress; /* the goroutine's until it has ended */

static void climb(go_chan(int) steps)
{
    go_range (n, steps)
        progress += n;
}

static void show(const char *what, int err)
{
    printf("%s: %s\n", what, err ? go_context_error_text(err) : "ended");
}

int main(void)
{
    go_chan(int) steps = go_make(int, 0);
    go_context *ctx = go_context_with_cancel(go_context_background());
    go_handle *h = go_start_with(go_attr(.name = "climber", .stack = 1 << 18), climb, steps);
    go_send(steps, 1);
    show("soon", go_join_until(h, go_now() + 2 * GO_MILLISECOND));
    go_send(steps, 2);
    go_context_cancel(ctx);
    show("cancelled", go_join_ctx(h, ctx));
    go_send(steps, 3);
    go_close(steps);
    show("at last", go_join_until(h, go_now() + GO_HOUR));
    printf("progress %d\n", progress);

    go_chan(int) none = go_make(int, 0);
    go_close(none);
    show("another", go_join_ctx(go_start(climb, none), go_context_background()));
    printf("progress %d\n", progress);
    go_context_drop(ctx);
    go_drop(steps);
    go_drop(none);
}

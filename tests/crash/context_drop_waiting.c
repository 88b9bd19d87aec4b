/* SPDX-License-Identifier: MIT */
/* The last hold is dropped while a goroutine, which has none, waits. */
#include <goroutine.h>

static void wait_without_hold(go_context *ctx)
{
    if (go_sleep_ctx(GO_HOUR, ctx))
        go_yield();
}

int main(void)
{
    go_context *c = go_context_with_cancel(go_context_background());
    go(wait_without_hold, c);
    go_sleep(20 * GO_MILLISECOND);
    go_context_drop(c);
    return 0;
}

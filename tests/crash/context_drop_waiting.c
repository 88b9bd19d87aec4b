/* SPDX-License-Identifier: MIT */
/* The last hold is dropped while a goroutine, which has none, waits. */
#include "waits.h"

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
    until_shown("wait_without_hold(");
    until_shown("[sleep]");
    go_context_drop(c);
    return 0;
}

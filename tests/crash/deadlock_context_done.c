/* SPDX-License-Identifier: MIT */
/* Go: the root never ends; one that nobody will cancel may be waited for in vain. */
#include <goroutine.h>

static void wait_for(go_context *ctx)
{
    if (go_sleep_ctx(1, ctx) == 0)
        go_recv(go_context_done(ctx), NULL);
}

int main(void)
{
    go(wait_for, go_context_with_cancel(go_context_background()));
    go_recv(go_context_done(go_context_todo()), NULL);
    return 0;
}

/* SPDX-License-Identifier: MIT */
/* join.h: a join that a deadline or a context ends leaves the handle valid; one that can
 * be done at once is done, whatever has ended. */
#include "check.h"

#include <goroutine.h>

static void wait_for(go_chan(int) c)
{
    CHECK(go_recv(c, NULL));
}

static void cancel_later(go_context *ctx)
{
    go_sleep(GO_MILLISECOND);
    go_context_cancel(ctx);
}

int main(void)
{
    go_chan(int) c = go_make(int, 0);
    go_handle *h = go_start(wait_for, c);
    CHECK_EQ(go_join_until(h, go_now() - 1), -ETIMEDOUT);
    CHECK_EQ(go_join_until(h, go_now() + GO_MILLISECOND), -ETIMEDOUT);

    go_context *ctx = go_context_with_cancel(go_context_background());
    go_handle *other = go_start(cancel_later, ctx);
    CHECK_EQ(go_join_ctx(h, ctx), -ECANCELED);
    CHECK_EQ(go_join_ctx(h, ctx), -ECANCELED);
    go_join(other);
    CHECK_EQ(go_join_until(h, go_now() + GO_MILLISECOND), -ETIMEDOUT);

    go_send(c, 1);
    CHECK_EQ(go_join_until(h, go_now() + 20 * GO_SECOND), 0);

    h = go_start(wait_for, c);
    go_send(c, 1);
    CHECK_EQ(go_join_ctx(h, NULL), 0);

    h = go_start(wait_for, c);
    go_send(c, 1);
    while (go_count() > 1)
        go_sleep(GO_MILLISECOND);
    CHECK_EQ(go_join_ctx(h, ctx), 0); /* it has ended */
    go_context_drop(ctx);
    go_drop(c);
}

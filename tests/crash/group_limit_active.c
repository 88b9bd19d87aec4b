/* SPDX-License-Identifier: MIT */
/* errgroup: the limit is not changed under goroutines that are running. */
#include <goroutine.h>

static int wait_for(go_context *ctx)
{
    return go_sleep_ctx(GO_HOUR, ctx);
}

int main(void)
{
    go_group *g = go_group_new(NULL);
    go_group_set_limit(g, 5);
    go_group_go(g, wait_for, go_group_context(g));
    go_group_go(g, wait_for, go_group_context(g));
    go_group_set_limit(g, 2);
    return go_group_wait(g);
}

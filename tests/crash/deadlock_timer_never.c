/* SPDX-License-Identifier: MIT */
/* A timer that never fires wakes nobody, with a channel or a function. */
#include <goroutine.h>

static void nothing(void)
{
}

int main(void)
{
    go_timer *t = go_timer_new(GO_FOREVER), *f = go_after_func(GO_FOREVER, nothing);
    go_ticker *k = go_ticker_new(GO_FOREVER);
    go_timer_reset(f, GO_FOREVER - 1);
    go_select(go_on_recv(go_timer_chan(t), NULL), go_on_recv(go_ticker_chan(k), NULL));
    return 1;
}

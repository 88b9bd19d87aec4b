/* SPDX-License-Identifier: MIT */
/* A timer with a channel that nobody looks at can wake nobody: only those that somebody
 * waits for, and functions, suppress the report. */
#include <goroutine.h>
#include <stdio.h>

static void shout(void)
{
    fprintf(stderr, "the function ran\n");
}

static void wait(go_chan(int64_t) c)
{
    go_recv(c, NULL);
    fprintf(stderr, "the timer fired\n");
    go_drop(c);
}

int main(void)
{
    go_timer *looked_at = go_timer_new(100 * GO_MILLISECOND);
    go(wait, go_hold(go_timer_chan(looked_at)));
    go_timer_drop(looked_at);
    go_timer_drop(go_after_func(50 * GO_MILLISECOND, shout));
    go_timer *unlooked = go_timer_new(GO_HOUR);
    go_ticker *unheard = go_ticker_new(GO_HOUR);
    go_mutex m = { 0 };
    go_mutex_lock(&m);
    go_mutex_lock(&m);
    return unlooked || unheard;
}

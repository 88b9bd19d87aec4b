/* SPDX-License-Identifier: MIT */
/* Bursts of events, each followed by one action when it has been quiet for a while: a
 * function that is put off by a reset at each event. */
#include <goroutine.h>
#include <stdio.h>

static go_int32 events;

static void act(go_chan(int) done)
{
    go_send(done, go_int32_swap(&events, 0));
}

int main(void)
{
    static const int bursts[] = { 3, 1, 5 };
    go_chan(int) done = go_make(int, 0);
    go_timer *quiet = go_after_func(GO_HOUR, act, done);
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < bursts[i]; j++) {
            go_int32_add(&events, 1);
            /* A stall within a burst must not look like its end. */
            go_timer_reset(quiet, j + 1 < bursts[i] ? GO_HOUR : 20 * GO_MILLISECOND);
            go_sleep(GO_MILLISECOND);
        }
        int n;
        go_recv(done, &n);
        printf("one action for %d events\n", n);
    }
    printf("still pending: %s\n", go_timer_stop(quiet) ? "true" : "false");
    go_timer_drop(quiet);
    go_drop(done);
}

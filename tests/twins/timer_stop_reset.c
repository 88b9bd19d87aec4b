/* SPDX-License-Identifier: MIT */
/* What stop and reset answer in each state of a timer, and that nothing stale is
 * received behind them. */
#include <goroutine.h>
#include <stdio.h>

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

static void look(const char *when, go_timer *t)
{
    bool value = go_select(go_on_recv(go_timer_chan(t), NULL), go_default()) == 0;
    printf("%s: value %s, len %zu, cap %zu\n", when, yes_no(value), go_len(go_timer_chan(t)),
           go_cap(go_timer_chan(t)));
}

int main(void)
{
    go_timer *t = go_timer_new(GO_HOUR);
    look("new", t);
    printf("stop running: %s\n", yes_no(go_timer_stop(t)));
    printf("stop stopped: %s\n", yes_no(go_timer_stop(t)));
    printf("reset stopped: %s\n", yes_no(go_timer_reset(t, GO_HOUR)));
    printf("reset running: %s\n", yes_no(go_timer_reset(t, GO_MILLISECOND)));
    go_sleep(10 * GO_MILLISECOND);
    printf("len when fired: %zu\n", go_len(go_timer_chan(t)));
    printf("stop fired, not received: %s\n", yes_no(go_timer_stop(t)));
    look("stopped", t);

    go_timer_reset(t, GO_MILLISECOND);
    go_sleep(10 * GO_MILLISECOND);
    printf("reset fired, not received: %s\n", yes_no(go_timer_reset(t, GO_HOUR)));
    look("reset", t);

    go_timer_reset(t, GO_MILLISECOND);
    go_recv(go_timer_chan(t), NULL);
    printf("stop received: %s\n", yes_no(go_timer_stop(t)));
    printf("reset received: %s\n", yes_no(go_timer_reset(t, GO_MILLISECOND)));
    go_recv(go_timer_chan(t), NULL);
    look("received", t);

    go_timer_reset(t, -GO_SECOND);
    look("reset into the past", t);
    go_timer_reset(t, 0);
    printf("stop due: %s\n", yes_no(go_timer_stop(t)));
    look("stopped due", t);
    go_timer_drop(t);
}

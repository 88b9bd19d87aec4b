/* SPDX-License-Identifier: MIT */
/* A ticker: on schedule, dropping what nobody was in time for, stopped, reset. */
#include <goroutine.h>
#include <stdio.h>

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

static bool ready(go_ticker *t)
{
    return go_select(go_on_recv(go_ticker_chan(t), NULL), go_default()) == 0;
}

int main(void)
{
    int64_t d = 40 * GO_MILLISECOND, a, b, c;
    go_ticker *t = go_ticker_new(d);
    printf("ready at once: %s\n", yes_no(ready(t)));
    go_recv(go_ticker_chan(t), &a);
    go_recv(go_ticker_chan(t), &b);
    printf("one interval apart: %s\n", yes_no((b - a + d / 2) / d == 1));

    go_sleep(5 * d + d / 2);
    go_recv(go_ticker_chan(t), &a);
    printf("kept the oldest: %s\n", yes_no(a - b < 2 * d));
    printf("and only one: %s\n", yes_no(!ready(t)));
    go_recv(go_ticker_chan(t), &c);
    printf("then back on schedule: %s\n", yes_no(c - a > 3 * d));

    go_sleep(2 * d);
    go_ticker_stop(t);
    printf("ready when stopped: %s\n", yes_no(ready(t)));
    go_sleep(2 * d);
    printf("and later: %s\n", yes_no(ready(t)));

    go_ticker_reset(t, d / 2);
    go_recv(go_ticker_chan(t), &a);
    go_sleep(d);
    go_ticker_reset(t, GO_HOUR);
    printf("ready when reset: %s\n", yes_no(ready(t)));
    go_ticker_drop(t);
    printf("no ticks of nothing: %s\n", yes_no(go_tick(0) == NULL && go_tick(-1) == NULL));
}

/* SPDX-License-Identifier: MIT */
/* A ticker: on schedule, dropping what nobody was in time for, stopped, reset.  What
 * depends on being there in time is looked at once more, with twice the interval, if this
 * goroutine was late. */
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

struct found {
    bool at_once, apart, oldest, one, back;
};

static bool late(int64_t start, int64_t d)
{
    return go_now() - start > d;
}

static go_ticker *watch(int64_t d, struct found *f)
{
    int64_t a, b, c, start = go_now();
    go_ticker *t = go_ticker_new(d);
    f->at_once = ready(t);
    bool missed = late(start, d);
    go_recv(go_ticker_chan(t), &a);
    missed |= late(start, d + d / 4);
    go_recv(go_ticker_chan(t), &b);
    missed |= late(start, 2 * d + d / 4);
    f->apart = (b - a + d / 2) / d == 1;

    go_sleep(5 * d + d / 2);
    go_recv(go_ticker_chan(t), &a);
    f->oldest = a - b < 2 * d;
    f->one = !ready(t);
    missed |= late(start, 8 * d - d / 8);
    go_recv(go_ticker_chan(t), &c);
    f->back = c - a > 3 * d;
    if (!missed)
        return t;
    go_ticker_drop(t);
    return NULL;
}

int main(void)
{
    int64_t d = 20 * GO_MILLISECOND;
    struct found f;
    go_ticker *t;
    while (!(t = watch(d, &f)))
        d *= 2;
    printf("ready at once: %s\n", yes_no(f.at_once));
    printf("one interval apart: %s\n", yes_no(f.apart));
    printf("kept the oldest: %s\n", yes_no(f.oldest));
    printf("and only one: %s\n", yes_no(f.one));
    printf("then back on schedule: %s\n", yes_no(f.back));

    go_sleep(2 * d);
    go_ticker_stop(t);
    printf("ready when stopped: %s\n", yes_no(ready(t)));
    go_sleep(2 * d);
    printf("and later: %s\n", yes_no(ready(t)));

    go_ticker_reset(t, d / 2);
    go_recv(go_ticker_chan(t), NULL);
    go_sleep(d);
    go_ticker_reset(t, GO_HOUR);
    printf("ready when reset: %s\n", yes_no(ready(t)));
    go_ticker_drop(t);
    printf("no ticks of nothing: %s\n", yes_no(go_tick(0) == NULL && go_tick(-1) == NULL));
}

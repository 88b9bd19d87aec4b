/* SPDX-License-Identifier: MIT */
/* Timers: a watchdog that is put off as long as something happens, a function that runs
 * later, and a ticker. */
#include <goroutine.h>
#include <stdio.h>

static void work(go_chan(int) progress)
{
    for (int i = 1; i <= 3; i++) {
        go_sleep(10 * GO_MILLISECOND);
        go_send(progress, i);
    }
}

static void watch(void)
{
    go_chan(int) progress = go_make(int, 0);
    go_timer *dog = go_timer_new(GO_SECOND);
    go(work, progress);
    for (int n = 0; n < 3;) {
        switch (go_select(go_on_recv(progress, &n), go_on_recv(go_timer_chan(dog), NULL))) {
        case 0:
            printf("step %d\n", n);
            go_timer_reset(dog, GO_SECOND); /* nothing stale is received behind this */
            break;
        case 1:
            printf("no progress for a second\n");
            n = 3;
        }
    }
    go_timer_drop(dog);
    go_drop(progress);
}

static void greet(const char *whom, go_chan(bool) done)
{
    printf("hello, %s\n", whom);
    go_send(done, true);
}

static void later(void)
{
    go_chan(bool) done = go_make(bool, 0);
    go_timer *never = go_after_func(GO_HOUR, greet, "nobody", done);
    go_timer_drop(go_after_func(10 * GO_MILLISECOND, greet, "gopher", done));
    go_recv(done, NULL);
    if (go_timer_stop(never))
        printf("the other one was stopped in time\n");
    go_timer_drop(never);
    go_drop(done);
}

static void tick(void)
{
    int64_t start = go_now(), at;
    go_ticker *t = go_ticker_new(10 * GO_MILLISECOND);
    for (int i = 1; i <= 3; i++) {
        go_recv(go_ticker_chan(t), &at);
        printf("tick %d, %s\n", i, at - start >= i * 10 * GO_MILLISECOND ? "not early" : "early");
    }
    go_ticker_drop(t);
}

int main(void)
{
    watch();
    later();
    tick();
}

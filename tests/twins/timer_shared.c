/* SPDX-License-Identifier: MIT */
/* Several goroutines wait for one timer: each firing wakes one of them. */
#include <goroutine.h>
#include <stdio.h>

enum { WAITERS = 4 };

static void wait(go_chan(int64_t) c, go_chan(int) woken, int i)
{
    go_recv(c, NULL);
    go_send(woken, i);
    go_drop(c);
}

int main(void)
{
    go_chan(int) woken = go_make(int, 0);
    go_timer *t = go_timer_new(GO_HOUR);
    for (int i = 0; i < WAITERS; i++)
        go(wait, go_hold(go_timer_chan(t)), woken, 1 << i);
    go_sleep(5 * GO_MILLISECOND);
    int all = 0;
    for (int i = 0; i < WAITERS; i++) {
        int who;
        printf("reset: %s\n", go_timer_reset(t, 2 * GO_MILLISECOND) ? "true" : "false");
        go_recv(woken, &who);
        all |= who;
        if (go_select(go_on_recv(woken, &who), go_on_timeout(5 * GO_MILLISECOND)) == 0)
            printf("one too many\n");
    }
    printf("all woken: %d\n", all);
    go_timer_drop(t);
    go_drop(woken);
}

/* SPDX-License-Identifier: MIT */
/* Functions that run later: with their arguments, again after a reset, and not when
 * stopped in time.  After a stall those of several times run at once, in any order. */
#include <goroutine.h>
#include <stdio.h>

static const char *yes_no(bool b)
{
    return b ? "true" : "false";
}

static void say(go_chan(int) out, int n)
{
    go_send(out, n);
}

int main(void)
{
    go_chan(int) out = go_make(int, 8);
    go_timer *t[5];
    for (int i = 0; i < 5; i++)
        t[i] = go_after_func(i ? (5 - i) * 5 * GO_MILLISECOND : GO_HOUR, say, out, i * i);
    printf("stop the last: %s\n", yes_no(go_timer_stop(t[0])));
    bool ran[17] = { false };
    for (int i = 0; i < 4; i++) {
        int n;
        go_recv(out, &n);
        ran[n] = true;
    }
    for (int n = 16; n >= 0; n--)
        if (ran[n])
            printf("ran with %d\n", n);
    printf("stop one that ran: %s\n", yes_no(go_timer_stop(t[4])));
    printf("reset one that ran: %s\n", yes_no(go_timer_reset(t[4], GO_MILLISECOND)));
    int n;
    go_recv(out, &n);
    printf("ran again with %d\n", n);
    printf("reset the stopped: %s\n", yes_no(go_timer_reset(t[0], GO_HOUR)));
    printf("reset the running: %s\n", yes_no(go_timer_reset(t[0], 0)));
    go_recv(out, &n);
    printf("ran after all with %d\n", n);
    printf("has no channel: %s\n", yes_no(go_timer_chan(t[0]) == NULL));
    go_sleep(20 * GO_MILLISECOND);
    printf("left over: %zu\n", go_len(out));
    for (int i = 0; i < 5; i++)
        go_timer_drop(t[i]);
    go_drop(out);
}

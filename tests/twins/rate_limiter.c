/* SPDX-License-Identifier: MIT */
/* A goroutine hands out one permit every five milliseconds; requests take a
 * permit each, so they cannot come faster. */
#include <goroutine.h>
#include <stdio.h>

#define INTERVAL (5 * GO_MILLISECOND)

static void dispenser(go_chan(int) permits, int count)
{
    for (int i = 1; i <= count; i++) {
        go_sleep(INTERVAL);
        go_send(permits, i);
    }
    go_close(permits);
}

int main(void)
{
    go_chan(int) permits = go_make(int, 0);
    int64_t start = go_now();
    go(dispenser, permits, 8);

    int served = 0, too_fast = 0;
    go_range (permit, permits) {
        served++;
        if (go_now() - start < permit * INTERVAL)
            too_fast++;
    }
    printf("served %d too fast %d\n", served, too_fast);
    go_drop(permits);
}

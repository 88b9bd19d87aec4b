/* SPDX-License-Identifier: MIT */
/* A reader's unlock too many is fatal, in whatever goroutine it comes. */
#include <goroutine.h>
#include <stdio.h>

static go_rwmutex mu;

static void reader(go_chan(int) out, int unlocks)
{
    go_rwmutex_rlock(&mu);
    for (int i = 0; i < unlocks; i++)
        go_rwmutex_runlock(&mu);
    go_send(out, unlocks);
}

int main(void)
{
    go_chan(int) out = go_make(int, 0);
    for (int unlocks = 1; unlocks <= 2; unlocks++) {
        go(reader, out, unlocks);
        int n;
        go_recv(out, &n);
        printf("unlocked %d time\n", n);
    }
}

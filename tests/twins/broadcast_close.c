/* SPDX-License-Identifier: MIT */
/* Closing a channel wakes everybody who waits on it: a starting gun. */
#include <goroutine.h>
#include <stdio.h>

enum { RUNNERS = 10 };

static int32_t finished;

static void runner(go_chan(int) ready, go_chan(char) start, int lane)
{
    go_send(ready, lane);
    go_recv(start, NULL);
    go_atomic_add(&finished, 1);
}

int main(void)
{
    go_chan(int) ready = go_make(int, 0);
    go_chan(char) start = go_make(char, 0);
    go_waitgroup wg = { 0 };
    for (int lane = 1; lane <= RUNNERS; lane++)
        go_waitgroup_go(&wg, runner, ready, start, lane);
    int sum = 0;
    for (int i = 0; i < RUNNERS; i++) {
        int lane;
        go_recv(ready, &lane);
        sum += lane;
    }
    printf("all ready, sum of lanes %d finished %d\n", sum, go_atomic_load(&finished));
    go_close(start);
    go_waitgroup_wait(&wg);
    printf("finished %d\n", go_atomic_load(&finished));
    go_drop(ready);
    go_drop(start);
}

/* SPDX-License-Identifier: MIT */
/* A mutex is not owned: each runner unlocks what another one has locked, and so
 * the baton goes round. */
#include <goroutine.h>
#include <stdio.h>

enum { RUNNERS = 4, LAPS = 3 };

static go_mutex start[RUNNERS];

static void run(int me)
{
    for (int lap = 1; lap <= LAPS; lap++) {
        go_mutex_lock(&start[me]);
        printf("lap %d runner %d\n", lap, me);
        go_mutex_unlock(&start[(me + 1) % RUNNERS]);
    }
}

int main(void)
{
    for (int i = 0; i < RUNNERS; i++)
        go_mutex_lock(&start[i]);
    go_waitgroup wg = { 0 };
    for (int i = RUNNERS - 1; i >= 0; i--)
        go_waitgroup_go(&wg, run, i);
    go_mutex_unlock(&start[0]);
    go_waitgroup_wait(&wg);
    printf("the last one left it open: %s\n", go_mutex_try_lock(&start[0]) ? "true" : "false");
}

/* SPDX-License-Identifier: MIT */
/* Work is dealt to whichever worker is free: a select over sends of one value to
 * many channels, or none. */
#include <goroutine.h>
#include <stdio.h>

enum { WORKERS = 5, JOBS = 200 };

static void worker(go_chan(int) jobs, int *done, int *sum)
{
    go_range (job, jobs) {
        ++*done;
        *sum += job;
    }
}

int main(void)
{
    go_chan(int) to[WORKERS];
    struct go_case cases[WORKERS + 1];
    int job, done[WORKERS] = { 0 }, sums[WORKERS] = { 0 };
    for (int i = 0; i < WORKERS; i++) {
        to[i] = go_make(int, 1);
        cases[i] = go_on_send_from(to[i], &job); /* read when it is chosen */
    }
    cases[WORKERS] = go_default();
    for (job = 0; job < WORKERS; job++)
        go_select_cases(cases, WORKERS + 1);
    bool full = go_select_cases(cases, WORKERS + 1) == WORKERS;
    printf("all are busy: %s\n", full ? "true" : "false");

    go_waitgroup wg = { 0 };
    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&wg, worker, to[i], &done[i], &sums[i]);
    for (job = WORKERS; job < JOBS; job++)
        go_select_cases(cases, WORKERS);
    for (int i = 0; i < WORKERS; i++)
        go_close(to[i]);
    go_waitgroup_wait(&wg);
    int jobs = 0, sum = 0;
    for (int i = 0; i < WORKERS; i++) {
        jobs += done[i];
        sum += sums[i];
        go_drop(to[i]);
    }
    printf("jobs %d sum %d\n", jobs, sum);
}

/* SPDX-License-Identifier: MIT */
/* Workers that end themselves in the middle of a job are noticed and replaced; no
 * job is lost. */
#include <goroutine.h>
#include <stdio.h>

enum { JOBS = 30, WORKERS = 3 };

static go_chan(int) jobs, again;
static go_chan(bool) ended; /* whether all is done */
static go_int64 sum;
static go_int32 done;

static void work(int job)
{
    if (job % 5 == 0 && job < 1000) {
        go_send(again, job + 1000); /* a second time it goes well */
        go_send(ended, false);
        go_exit();
    }
    go_int64_add(&sum, job % 1000);
    go_int32_add(&done, 1);
}

static void worker(void)
{
    int job;
    while (go_recv(jobs, &job))
        work(job);
    go_send(ended, true);
}

static void feed(void)
{
    for (int job = 1; job <= JOBS; job++)
        go_send(jobs, job);
    for (int i = 0; i < JOBS / 5; i++) {
        int job;
        go_recv(again, &job);
        go_send(jobs, job);
    }
    go_close(jobs);
}

int main(void)
{
    jobs = go_make(int, 0);
    again = go_make(int, JOBS);
    ended = go_make(bool, 0);
    go(feed);
    for (int i = 0; i < WORKERS; i++)
        go(worker);
    int alive = WORKERS, replaced = 0;
    while (alive > 0) {
        bool all;
        go_recv(ended, &all);
        if (all) {
            alive--;
        } else {
            replaced++;
            go(worker);
        }
    }
    printf("done %d, sum %lld, replaced %d\n", go_int32_load(&done), (long long)go_int64_load(&sum),
           replaced);
}

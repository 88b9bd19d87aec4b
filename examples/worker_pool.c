/* SPDX-License-Identifier: MIT */
/* worker_pool - a few workers share the jobs of one channel. */
#include <goroutine.h>
#include <stdio.h>

enum { WORKERS = 4, JOBS = 20 };

struct result {
    int job, worker, digits;
};

static int count_digits(unsigned n)
{
    int digits = 1;
    while (n /= 10)
        digits++;
    return digits;
}

static void work(int id, go_chan(int) jobs, go_chan(struct result) results)
{
    go_range (job, jobs) {
        struct result r = { job, id, count_digits((unsigned)job * (unsigned)job) };
        go_send(results, r);
    }
}

int main(void)
{
    go_chan(int) jobs = go_make(int, 0);
    go_chan(struct result) results = go_make(struct result, JOBS);
    go_waitgroup workers = { 0 };
    for (int id = 1; id <= WORKERS; id++)
        go_waitgroup_go(&workers, work, id, jobs, results);

    for (int job = 0; job < JOBS; job++)
        go_send(jobs, job);
    go_close(jobs);
    go_waitgroup_wait(&workers);
    go_close(results);

    int done = 0, digits = 0;
    go_range (r, results) {
        done++;
        digits += r.digits;
    }
    printf("%d jobs done, %d digits in all squares\n", done, digits);
    go_drop(jobs);
    go_drop(results);
    return done != JOBS;
}

/* SPDX-License-Identifier: MIT */
/* A fixed number of workers takes jobs from one channel and answers on another. */
#include <goroutine.h>
#include <stdio.h>

enum { WORKERS = 3, JOBS = 12 };

struct job {
    int id, n;
};

struct result {
    int id, value;
};

static int collatz(int n)
{
    int steps = 0;
    for (; n != 1; steps++)
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
    return steps;
}

static void worker(go_chan(struct job) jobs, go_chan(struct result) results)
{
    go_range (j, jobs)
        go_send(results, (struct result){ j.id, collatz(j.n) });
}

int main(void)
{
    go_chan(struct job) jobs = go_make(struct job, JOBS);
    go_chan(struct result) results = go_make(struct result, 0);
    go_waitgroup wg = { 0 };
    for (int i = 0; i < WORKERS; i++)
        go_waitgroup_go(&wg, worker, jobs, results);
    for (int id = 0; id < JOBS; id++)
        go_send(jobs, (struct job){ id, 27 + id });
    go_close(jobs);

    int values[JOBS];
    for (int i = 0; i < JOBS; i++) {
        struct result r;
        go_recv(results, &r);
        values[r.id] = r.value;
    }
    for (int id = 0; id < JOBS; id++)
        printf("%d takes %d steps\n", 27 + id, values[id]);

    go_waitgroup_wait(&wg); /* the workers have seen the end of jobs */
    go_drop(jobs);
    go_drop(results);
}

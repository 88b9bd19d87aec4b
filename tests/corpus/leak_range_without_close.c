/* SPDX-License-Identifier: MIT */
/* Pattern: workers range over a channel of jobs; the producer sends all of them and
 * forgets to close it.
 * Report: every worker, receiving. */
#include "corpus.h"

enum { WORKERS = 3, JOBS = 10 };

static void worker(go_chan(int) jobs, go_waitgroup *done)
{
    go_range (job, jobs) {
        (void)job;
        go_waitgroup_done(done);
    }
}

static go_waitgroup done;

static corpus_part void run_all(void)
{
    go_chan(int) jobs = go_make(int, 0);
    for (int i = 0; i < WORKERS; i++)
        go(worker, jobs, &done);
    go_waitgroup_add(&done, JOBS);
    for (int i = 0; i < JOBS; i++)
        go_send(jobs, i);
    go_waitgroup_wait(&done);
}

int main(void)
{
    run_all();
    corpus_leaks(WORKERS);
}

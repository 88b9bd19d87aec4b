/* SPDX-License-Identifier: MIT */
/* Pattern: a worker waits for the group that it belongs to.
 * Report: main and the worker, both in WaitGroup.Wait. */
#include "corpus.h"

static void last_worker(go_waitgroup *wg)
{
    go_waitgroup_wait(wg); /* "when the others are done": but it is one of them */
    puts("all done");
    go_waitgroup_done(wg);
}

static void worker(go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 3);
    go(worker, &wg);
    go(worker, &wg);
    go(last_worker, &wg);
    go_waitgroup_wait(&wg);
}

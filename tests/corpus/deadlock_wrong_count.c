/* SPDX-License-Identifier: MIT */
/* Pattern: the group is told one more than is started.
 * Report: main, in WaitGroup.Wait; nobody else is left. */
#include "corpus.h"

static void worker(go_waitgroup *wg)
{
    go_waitgroup_done(wg);
}

int main(void)
{
    enum { N = 5 };
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, N);
    for (int i = 1; i < N; i++)
        go(worker, &wg);
    go_waitgroup_wait(&wg);
}

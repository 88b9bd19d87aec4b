/* SPDX-License-Identifier: MIT */
/* Pattern: errors go to a channel with room for some of them and are read after all
 * workers are done; when more fail, they are never done.
 * Report: main waiting for the group, a worker sending. */
#include "corpus.h"

static void worker(int i, go_chan(int) errors)
{
    go_send(errors, -i);
}

int main(void)
{
    go_waitgroup wg = { 0 };
    go_chan(int) errors = go_make(int, 2);
    for (int i = 1; i <= 4; i++)
        go_waitgroup_go(&wg, worker, i, errors);
    go_waitgroup_wait(&wg);
    go_close(errors);
    go_range (e, errors)
        printf("%d\n", e);
}

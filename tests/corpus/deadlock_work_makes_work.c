/* SPDX-License-Identifier: MIT */
/* Pattern: the workers put what they find into the bounded queue that they take from.
 * Report: every worker, sending; main waits. */
#include "corpus.h"

enum { WORKERS = 2, ROOM = 2 };

static go_chan(int) queue;
static go_waitgroup left;

static void worker(void)
{
    go_range (n, queue) {
        for (int i = 0; i < n; i++) {
            go_waitgroup_add(&left, 1);
            go_send(queue, n);
        }
        go_waitgroup_done(&left);
    }
}

int main(void)
{
    queue = go_make(int, ROOM);
    for (int i = 0; i < WORKERS; i++)
        go(worker);
    go_waitgroup_add(&left, 1);
    go_send(queue, 2);
    go_waitgroup_wait(&left);
}

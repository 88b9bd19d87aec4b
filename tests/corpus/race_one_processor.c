/* SPDX-License-Identifier: MIT */
/* Pattern: two goroutines that take turns on one processor, with GOMAXPROCS=1.  They are
 * as unordered as if they ran at once.
 * Right: with a lock.
 * Report: count. */
#include "race.h"

static go_mutex mu;
static int total;

static void count(int n, go_chan(int) gate, go_waitgroup *wg)
{
    go_recv(gate, NULL);
    if (!racy)
        go_mutex_lock(&mu);
    total += n;
    if (!racy)
        go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

/* Both wait at the gate, so that one does not live on the stack of the other. */
static void lap(void)
{
    go_waitgroup wg = { 0 };
    go_chan(int) gate = go_make(int, 0);
    go_waitgroup_add(&wg, 2);
    go(count, 1, gate, &wg);
    go(count, 2, gate, &wg);
    go_yield();
    go_close(gate);
    go_waitgroup_wait(&wg);
    go_drop(gate);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_maxprocs(1);
    for (int i = 0; i < 10; i++)
        lap();
    return total == 30 ? 0 : 1;
}

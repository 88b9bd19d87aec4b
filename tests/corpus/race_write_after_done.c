/* SPDX-License-Identifier: MIT */
/* Pattern: a worker says that it is done and writes its result afterwards.
 * Right: the other way round.
 * Report: the worker's write, main's read. */
#include "race.h"

static int result;

static void worker(go_waitgroup *wg)
{
    if (!racy)
        result = 5;
    go_waitgroup_done(wg);
    if (racy)
        result = 5;
    race_meet(2);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 1);
    go(worker, &wg);
    go_waitgroup_wait(&wg);
    int v = result;
    race_meet(2);
    return racy || v == 5 ? 0 : 1;
}

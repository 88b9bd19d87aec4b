/* SPDX-License-Identifier: MIT */
/* Pattern: a counter that several increment.
 * Right: with a lock.
 * Report: add, and the counter. */
#include "race.h"

static go_mutex mu;
static int count;

static void add(go_waitgroup *wg)
{
    race_meet(2);
    for (int i = 0; i < 100; i++) {
        if (!racy)
            go_mutex_lock(&mu);
        count++;
        if (!racy)
            go_mutex_unlock(&mu);
    }
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(add, &wg);
    go(add, &wg);
    go_waitgroup_wait(&wg);
    return count == 200 ? 0 : 1;
}

/* SPDX-License-Identifier: MIT */
/* Pattern: the condition is changed without the lock, and then signalled.
 * Right: under the lock.
 * Report: the change, and the look before the wait. */
#include "race.h"

static go_mutex mu;
static go_cond cond;
static bool open;

static void wait_open(go_waitgroup *wg)
{
    race_meet(2);
    go_mutex_lock(&mu);
    while (!open)
        (void)!go_cond_wait_until(&cond, &mu, go_now() + GO_MILLISECOND);
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

static void do_open(go_waitgroup *wg)
{
    race_meet(2);
    if (!racy)
        go_mutex_lock(&mu);
    open = true;
    if (!racy)
        go_mutex_unlock(&mu);
    go_cond_signal(&cond);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    /* Should the kernel stop one of them between the meeting and its access, the scheduler's
     * locks may order the two. */
    for (int round = 0; round < 20; round++) {
        open = false;
        go_waitgroup_add(&wg, 2);
        go(wait_open, &wg);
        go(do_open, &wg);
        go_waitgroup_wait(&wg);
    }
}

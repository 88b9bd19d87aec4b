/* SPDX-License-Identifier: MIT */
/* Pattern: go_mutex_try_lock is taken for go_mutex_lock.
 * Right: look at what it returns.
 * Report: update, in two goroutines. */
#include "race.h"

static go_mutex mu;
static int value;

static void update(void)
{
    bool locked = go_mutex_try_lock(&mu);
    if (!locked && !racy)
        go_mutex_lock(&mu);
    value++;
    if (locked || !racy)
        go_mutex_unlock(&mu);
}

static void holder(go_waitgroup *wg)
{
    go_mutex_lock(&mu);
    race_meet(2);
    value++;
    if (racy)
        race_meet(2);
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

static void other(go_waitgroup *wg)
{
    race_meet(2);
    update();
    if (racy)
        race_meet(2);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(holder, &wg);
    go(other, &wg);
    go_waitgroup_wait(&wg);
    return racy || value == 2 ? 0 : 1;
}

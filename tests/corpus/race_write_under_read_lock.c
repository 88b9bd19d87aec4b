/* SPDX-License-Identifier: MIT */
/* Pattern: a function that "only reads" counts its calls, under the read lock.
 * Right: the count is atomic.
 * Report: look_up. */
#include "race.h"

static go_rwmutex mu;
static int lookups;

static void look_up(void)
{
    go_rwmutex_rlock(&mu);
    race_meet(2); /* both readers are in */
    if (racy)
        lookups++;
    else
        go_atomic_add(&lookups, 1);
    go_rwmutex_runlock(&mu);
}

static void user(go_waitgroup *wg)
{
    look_up();
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(user, &wg);
    go(user, &wg);
    go_waitgroup_wait(&wg);
    return lookups == 2 ? 0 : 1;
}

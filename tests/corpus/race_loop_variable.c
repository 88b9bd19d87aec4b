/* SPDX-License-Identifier: MIT */
/* Pattern: goroutines get the address of the loop's variable and not its value.
 * Right: by value.
 * Report: the goroutine reads what main increments. */
#include "race.h"

static int sum;

static void by_address(const int *i, go_waitgroup *wg)
{
    race_meet(2);
    go_atomic_add(&sum, *i);
    go_waitgroup_done(wg);
}

static void by_value(int i, go_waitgroup *wg)
{
    by_address(&i, wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    int i;
    for (i = 0; i < 3; i++) {
        go_waitgroup_add(&wg, 1);
        if (racy)
            go(by_address, &i, &wg);
        else
            go(by_value, i, &wg);
        race_meet(2);
    }
    go_waitgroup_wait(&wg);
    return racy || sum == 3 ? 0 : 1;
}

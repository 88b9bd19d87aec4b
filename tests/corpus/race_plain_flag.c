/* SPDX-License-Identifier: MIT */
/* Pattern: a plain variable tells another goroutine to stop, or that data is there.
 * Right: an atomic one.
 * Report: wait_for_data reads what publish writes. */
#include "race.h"

static int data;
static bool ready;

static void publish(go_waitgroup *wg)
{
    race_meet(2);
    data = 7;
    if (racy)
        *(volatile bool *)&ready = true;
    else
        go_atomic_store(&ready, true);
    go_waitgroup_done(wg);
}

static void wait_for_data(go_waitgroup *wg)
{
    race_meet(2);
    while (racy ? !*(volatile bool *)&ready : !go_atomic_load(&ready))
        go_yield();
    if (data != 7)
        exit(1);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(wait_for_data, &wg);
    go(publish, &wg);
    go_waitgroup_wait(&wg);
}

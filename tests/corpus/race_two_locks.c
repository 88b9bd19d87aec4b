/* SPDX-License-Identifier: MIT */
/* Pattern: two functions protect the same data, each with a lock of its own.
 * Right: one lock.
 * Report: both functions. */
#include "race.h"

static go_mutex read_mu, write_mu;
static int value;

static int get(void)
{
    go_mutex *mu = racy ? &read_mu : &write_mu;
    go_mutex_lock(mu);
    int v = value;
    go_mutex_unlock(mu);
    return v;
}

static void set(int v)
{
    go_mutex_lock(&write_mu);
    value = v;
    go_mutex_unlock(&write_mu);
}

static void reader(go_waitgroup *wg)
{
    race_meet(2);
    if (get() > 1)
        exit(1);
    go_waitgroup_done(wg);
}

static void writer(go_waitgroup *wg)
{
    race_meet(2);
    set(1);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    /* Should the kernel stop one of them between the meeting and its access, the scheduler's
     * locks may order the two. */
    for (int round = 0; round < 20; round++) {
        go_waitgroup_add(&wg, 2);
        go(reader, &wg);
        go(writer, &wg);
        go_waitgroup_wait(&wg);
    }
}

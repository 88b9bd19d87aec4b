/* SPDX-License-Identifier: MIT */
/* Pattern: a reference is fetched under the lock and used after it.
 * Right: what is needed is copied under the lock.
 * Report: the read after the unlock. */
#include "race.h"

struct entry {
    int hits;
};

static go_mutex mu;
static struct entry entry;

static int hits_of(struct entry *e)
{
    return e->hits;
}

/* The racy one does not take the lock afterwards, so nothing orders it by accident. */
static void reader(go_waitgroup *wg)
{
    go_mutex_lock(&mu);
    struct entry *e = &entry;
    int hits = racy ? 0 : hits_of(e);
    go_mutex_unlock(&mu);
    race_meet(2);
    if (racy)
        hits = hits_of(e);
    go_waitgroup_done(wg);
    if (hits < 0)
        exit(1);
}

static void writer(go_waitgroup *wg)
{
    race_meet(2);
    go_mutex_lock(&mu);
    for (int i = 0; i < 1000; i++)
        entry.hits++;
    go_mutex_unlock(&mu);
    go_waitgroup_done(wg);
}

int main(int argc, char **argv)
{
    race_begin(argc, argv);
    go_waitgroup wg = { 0 };
    go_waitgroup_add(&wg, 2);
    go(reader, &wg);
    go(writer, &wg);
    go_waitgroup_wait(&wg);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: "if it is not there, lock, look again, make it": the first look is no
 * synchronisation, so the pointer may be seen before what it points to.
 * Right: go_once.
 * Report: get. */
#include "race.h"

struct config {
    int level;
};

static struct config *config;
static go_mutex mu;
static go_once once;

static void make(void *unused)
{
    struct config *c = malloc(sizeof *c);
    (void)unused;
    c->level = 3;
    config = c;
}

static int get(void)
{
    if (!racy) {
        go_once_do(&once, make, NULL);
    } else if (!config) {
        go_mutex_lock(&mu);
        if (!config)
            make(NULL);
        go_mutex_unlock(&mu);
    }
    return config->level;
}

static void user(go_waitgroup *wg)
{
    race_meet(2);
    if (get() != 3)
        exit(1);
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
    free(config);
}

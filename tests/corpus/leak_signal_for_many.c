/* SPDX-License-Identifier: MIT */
/* Pattern: several wait for one change; it is announced by signal, which wakes one of
 * them, and not by broadcast.
 * Report: the others. */
#include "corpus.h"

enum { WAITERS = 3 };

struct start {
    go_mutex mu;
    go_cond go_on;
    go_waitgroup there;
    bool started;
};

static void runner(struct start *s)
{
    go_mutex_lock(&s->mu);
    go_waitgroup_done(&s->there);
    while (!s->started)
        go_cond_wait(&s->go_on, &s->mu);
    go_mutex_unlock(&s->mu);
}

static void starter(struct start *s)
{
    go_waitgroup_wait(&s->there);
    go_mutex_lock(&s->mu);
    s->started = true;
    go_cond_signal(&s->go_on);
    go_mutex_unlock(&s->mu);
}

static corpus_part void run(void)
{
    struct start *s = calloc(1, sizeof *s);
    go_waitgroup_add(&s->there, WAITERS);
    for (int i = 0; i < WAITERS; i++)
        go(runner, s);
    go(starter, s);
}

int main(void)
{
    run();
    corpus_leaks(WAITERS - 1);
}

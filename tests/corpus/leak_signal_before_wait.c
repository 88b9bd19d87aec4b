/* SPDX-License-Identifier: MIT */
/* Pattern: a signal that comes before the wait is lost; the waiter does not look at the
 * condition first.
 * Report: the waiter. */
#include "corpus.h"

struct gate {
    go_mutex mu;
    go_cond opened;
    go_chan(int) told;
    bool open;
};

static void pass(struct gate *g)
{
    go_recv(g->told, NULL); /* the signal has been given */
    go_mutex_lock(&g->mu);
    go_cond_wait(&g->opened, &g->mu); /* not: while (!g->open) */
    go_mutex_unlock(&g->mu);
}

static void open_gate(struct gate *g)
{
    go_mutex_lock(&g->mu);
    g->open = true;
    go_cond_signal(&g->opened);
    go_mutex_unlock(&g->mu);
    go_close(g->told);
}

static corpus_part void run(void)
{
    struct gate *g = calloc(1, sizeof *g);
    g->told = go_make(int, 0);
    go(pass, g);
    go(open_gate, g);
}

int main(void)
{
    run();
    corpus_leaks(1);
}

/* SPDX-License-Identifier: MIT */
/* Pattern: two goroutines take the same two locks in opposite order.
 * Report: both, locking. */
#include "corpus.h"

struct pair {
    go_mutex a, b;
    go_chan(int) met[2];
};

static void forth(struct pair *p)
{
    go_mutex_lock(&p->a);
    go_close(p->met[0]);
    go_recv(p->met[1], NULL);
    go_mutex_lock(&p->b);
    go_mutex_unlock(&p->b);
    go_mutex_unlock(&p->a);
}

static void back(struct pair *p)
{
    go_mutex_lock(&p->b);
    go_close(p->met[1]);
    go_recv(p->met[0], NULL);
    go_mutex_lock(&p->a);
    go_mutex_unlock(&p->a);
    go_mutex_unlock(&p->b);
}

static corpus_part void run(void)
{
    struct pair *p = calloc(1, sizeof *p);
    p->met[0] = go_make(int, 0);
    p->met[1] = go_make(int, 0);
    go(forth, p);
    go(back, p);
}

int main(void)
{
    run();
    corpus_leaks(2);
}

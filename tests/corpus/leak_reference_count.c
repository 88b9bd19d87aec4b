/* SPDX-License-Identifier: MIT */
/* Pattern: a group of goroutines hold a channel for each other; each holds it, so it is
 * never freed, and nobody outside of the group knows it any more.
 * Report: the whole group. */
#include "corpus.h"

enum { MEMBERS = 3 };

struct member {
    go_chan(int) in, next;
};

static void pass_on(struct member *m)
{
    go_range (v, m->in)
        go_send(m->next, v);
}

static corpus_part void make_ring(void)
{
    struct member *m[MEMBERS];
    for (int i = 0; i < MEMBERS; i++) {
        m[i] = calloc(1, sizeof *m[i]);
        m[i]->in = go_make(int, 0);
    }
    for (int i = 0; i < MEMBERS; i++) {
        m[i]->next = go_hold(m[(i + 1) % MEMBERS]->in);
        go(pass_on, m[i]);
    }
}

int main(void)
{
    make_ring();
    corpus_leaks(MEMBERS);
}

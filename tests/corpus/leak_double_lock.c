/* SPDX-License-Identifier: MIT */
/* Pattern: a method that has the lock calls another method of the same object, which
 * takes it again.
 * Report: the goroutine, in the inner lock. */
#include "corpus.h"

struct cache {
    go_mutex mu;
    int hits;
};

static void cache_count(struct cache *c)
{
    go_mutex_lock(&c->mu);
    c->hits++;
    go_mutex_unlock(&c->mu);
}

static void cache_get(struct cache *c)
{
    go_mutex_lock(&c->mu);
    cache_count(c);
    go_mutex_unlock(&c->mu);
}

static void user(void)
{
    struct cache c = { 0 }; /* on the stack of who waits: nobody else has it */
    cache_get(&c);
}

static corpus_part void run(void)
{
    go(user);
}

int main(void)
{
    run();
    corpus_leaks(1);
}

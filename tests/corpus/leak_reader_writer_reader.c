/* SPDX-License-Identifier: MIT */
/* Pattern: a goroutine read-locks what it has read-locked already; in between a writer
 * has come, and a waiting writer stops new readers.
 * Report: the reader in its second RLock, and the writer. */
#include "corpus.h"

struct table {
    go_rwmutex mu;
    go_chan(int) reading, writing;
    int n;
};

static int size_of(struct table *t)
{
    go_rwmutex_rlock(&t->mu);
    int n = t->n;
    go_rwmutex_runlock(&t->mu);
    return n;
}

static void reader(struct table *t)
{
    go_rwmutex_rlock(&t->mu);
    go_close(t->reading);
    go_recv(t->writing, NULL);
    while (go_rwmutex_try_rlock(&t->mu)) { /* until the writer waits */
        go_rwmutex_runlock(&t->mu);
        go_yield();
    }
    t->n += size_of(t);
    go_rwmutex_runlock(&t->mu);
}

static void writer(struct table *t)
{
    go_recv(t->reading, NULL);
    go_close(t->writing);
    go_rwmutex_lock(&t->mu);
    t->n = 0;
    go_rwmutex_unlock(&t->mu);
}

static corpus_part void run(void)
{
    struct table *t = calloc(1, sizeof *t);
    t->reading = go_make(int, 0);
    t->writing = go_make(int, 0);
    go(reader, t);
    go(writer, t);
}

int main(void)
{
    run();
    corpus_leaks(2);
}

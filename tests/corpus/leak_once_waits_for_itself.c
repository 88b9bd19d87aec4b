/* SPDX-License-Identifier: MIT */
/* Pattern: the function of a once waits for a goroutine that uses the same once.
 * Report: that goroutine in the once, and the first in its receive. */
#include "corpus.h"

struct plugin {
    go_once once;
    go_chan(int) loaded;
};

static void init(void *arg);

static void load(struct plugin *p)
{
    go_once_do(&p->once, init, p);
    go_close(p->loaded);
}

static void init(void *arg)
{
    struct plugin *p = arg;
    go(load, p);
    go_recv(p->loaded, NULL);
}

static void use(struct plugin *p)
{
    go_once_do(&p->once, init, p);
    free(p);
}

static corpus_part void run(void)
{
    struct plugin *p = calloc(1, sizeof *p);
    p->loaded = go_make(int, 0);
    go(use, p);
}

int main(void)
{
    run();
    corpus_leaks(2);
}

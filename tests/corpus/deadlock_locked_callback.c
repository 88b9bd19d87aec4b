/* SPDX-License-Identifier: MIT */
/* Pattern: a callback is called with the object's lock held, and calls the object.
 * Report: main, locking in the callback. */
#include "corpus.h"

struct registry {
    go_mutex mu;
    int n;
    void (*changed)(struct registry *r);
};

static int registry_size(struct registry *r)
{
    go_mutex_lock(&r->mu);
    int n = r->n;
    go_mutex_unlock(&r->mu);
    return n;
}

static void registry_add(struct registry *r)
{
    go_mutex_lock(&r->mu);
    r->n++;
    r->changed(r);
    go_mutex_unlock(&r->mu);
}

static void print_size(struct registry *r)
{
    printf("%d\n", registry_size(r));
}

int main(void)
{
    struct registry r = { .changed = print_size };
    registry_add(&r);
}

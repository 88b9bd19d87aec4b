/* SPDX-License-Identifier: MIT */
/* Pattern: a reader that finds something to change takes the write lock without giving up
 * its read lock.
 * Report: main, in RWMutex.Lock. */
#include "corpus.h"

static go_rwmutex mu;
static int value;

static int get_or_make(void)
{
    go_rwmutex_rlock(&mu);
    if (!value) {
        go_rwmutex_lock(&mu);
        value = 1;
        go_rwmutex_unlock(&mu);
    }
    int v = value;
    go_rwmutex_runlock(&mu);
    return v;
}

int main(void)
{
    return get_or_make();
}

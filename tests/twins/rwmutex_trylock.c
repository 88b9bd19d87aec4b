/* SPDX-License-Identifier: MIT */
/* What a reader and a writer can have at once while the lock is free, read and written. */
#include <goroutine.h>
#include <stdio.h>

static go_rwmutex m;

static void show(const char *state)
{
    bool r = go_rwmutex_try_rlock(&m);
    if (r)
        go_rwmutex_runlock(&m);
    bool w = go_rwmutex_try_lock(&m);
    if (w)
        go_rwmutex_unlock(&m);
    printf("%s: read %s write %s\n", state, r ? "true" : "false", w ? "true" : "false");
}

int main(void)
{
    show("free");
    go_rwmutex_rlock(&m);
    show("one reader");
    go_rwmutex_rlock(&m);
    show("two readers");
    go_rwmutex_runlock(&m);
    go_rwmutex_runlock(&m);
    show("none");
    go_rwmutex_lock(&m);
    show("a writer");
    go_rwmutex_unlock(&m);
    show("free again");
}

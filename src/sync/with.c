/* SPDX-License-Identifier: MIT */
/* The ends of go_with_lock and its like: the lock and its deferred unlock in one call.
 * The record is the caller's, and the block's end runs it as does any other way out. */
#include "sched/defer.h"

#include <goroutine/sync.h>

static void unlock(void *m)
{
    go_mutex_unlock(m);
}

static void write_unlock(void *m)
{
    go_rwmutex_unlock(m);
}

static void read_unlock(void *m)
{
    go_rwmutex_runlock(m);
}

struct go_defer_ *go_with_lock_(struct go_defer_ *d, go_mutex *m)
{
    go_mutex_lock(m);
    defer_push(this_g(), d, DEFER_CALL, unlock, m);
    return d;
}

void go_with_lock_end_(struct go_defer_ *d)
{
    if (defer_pop(this_g(), d))
        go_mutex_unlock(d->arg);
}

struct go_defer_ *go_with_wlock_(struct go_defer_ *d, go_rwmutex *m)
{
    go_rwmutex_lock(m);
    defer_push(this_g(), d, DEFER_CALL, write_unlock, m);
    return d;
}

void go_with_wlock_end_(struct go_defer_ *d)
{
    if (defer_pop(this_g(), d))
        go_rwmutex_unlock(d->arg);
}

struct go_defer_ *go_with_rlock_(struct go_defer_ *d, go_rwmutex *m)
{
    go_rwmutex_rlock(m);
    defer_push(this_g(), d, DEFER_CALL, read_unlock, m);
    return d;
}

void go_with_rlock_end_(struct go_defer_ *d)
{
    if (defer_pop(this_g(), d))
        go_rwmutex_runlock(d->arg);
}

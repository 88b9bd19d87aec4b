/* SPDX-License-Identifier: MIT */
/* Locks of threads.
 *
 * A mutex belongs to the thread that locked it: only that may unlock it, and if it is
 * recursive another goroutine on that thread would get in.  A library that holds one
 * while it waits would now come back on another thread.  So a goroutine that holds one
 * keeps its thread: as many go_lock_thread as locks.  If it parks, its thread waits.
 *
 * The pin comes before the lock and goes after it: inside the runtime the goroutine may
 * change threads.  Locks that were taken before the runtime lived, or by libc inside
 * itself, are not counted when taken nor when given back. */
#include "hooks.h"

#include <errno.h>

static bool pin(void)
{
    if (!go_on_goroutine())
        return false;
    go_lock_thread();
    return true;
}

static void unpin(void)
{
    if (go_on_goroutine()) {
        int saved = errno;
        go_unlock_thread();
        errno = saved;
    }
}

/* Pinned if it was taken. */
#define TAKING(type, taken, call)                                                                  \
    bool pinned_ = pin();                                                                          \
    type r_ = (call);                                                                              \
    if (pinned_ && !(taken))                                                                       \
        unpin();                                                                                   \
    return r_

/* EOWNERDEAD: taken, from one who died. */
#define MUTEX_HOOK(name, args, ...)                                                                \
    HOOK(int, name, __VA_ARGS__)                                                                   \
    {                                                                                              \
        TAKING(int, r_ == 0 || r_ == EOWNERDEAD, REAL(name) args);                                 \
    }

#define UNLOCK_HOOK(name, object)                                                                  \
    HOOK(int, name, object *o)                                                                     \
    {                                                                                              \
        int r = REAL(name)(o);                                                                     \
        if (r == 0)                                                                                \
            unpin();                                                                               \
        return r;                                                                                  \
    }

MUTEX_HOOK(pthread_mutex_lock, (o), pthread_mutex_t *o)
MUTEX_HOOK(pthread_mutex_trylock, (o), pthread_mutex_t *o)
MUTEX_HOOK(pthread_mutex_timedlock, (o, t), pthread_mutex_t *o, const struct timespec *t)
MUTEX_HOOK(pthread_mutex_clocklock, (o, c, t), pthread_mutex_t *o, clockid_t c,
           const struct timespec *t)
UNLOCK_HOOK(pthread_mutex_unlock, pthread_mutex_t)

MUTEX_HOOK(pthread_rwlock_rdlock, (o), pthread_rwlock_t *o)
MUTEX_HOOK(pthread_rwlock_tryrdlock, (o), pthread_rwlock_t *o)
MUTEX_HOOK(pthread_rwlock_timedrdlock, (o, t), pthread_rwlock_t *o, const struct timespec *t)
MUTEX_HOOK(pthread_rwlock_clockrdlock, (o, c, t), pthread_rwlock_t *o, clockid_t c,
           const struct timespec *t)
MUTEX_HOOK(pthread_rwlock_wrlock, (o), pthread_rwlock_t *o)
MUTEX_HOOK(pthread_rwlock_trywrlock, (o), pthread_rwlock_t *o)
MUTEX_HOOK(pthread_rwlock_timedwrlock, (o, t), pthread_rwlock_t *o, const struct timespec *t)
MUTEX_HOOK(pthread_rwlock_clockwrlock, (o, c, t), pthread_rwlock_t *o, clockid_t c,
           const struct timespec *t)
UNLOCK_HOOK(pthread_rwlock_unlock, pthread_rwlock_t)

MUTEX_HOOK(mtx_lock, (o), mtx_t *o)
MUTEX_HOOK(mtx_trylock, (o), mtx_t *o)
MUTEX_HOOK(mtx_timedlock, (o, t), mtx_t *o, const struct timespec *t)
UNLOCK_HOOK(mtx_unlock, mtx_t)

HOOK(void, flockfile, FILE *f)
{
    pin();
    REAL(flockfile)(f);
}

HOOK(int, ftrylockfile, FILE *f)
{
    TAKING(int, r_ == 0, REAL(ftrylockfile)(f));
}

HOOK(void, funlockfile, FILE *f)
{
    REAL(funlockfile)(f);
    unpin();
}

HOOK_ALSO(int, __pthread_mutex_lock, pthread_mutex_t *o)
{
    return mine_pthread_mutex_lock(o);
}

HOOK_ALSO(int, __pthread_mutex_trylock, pthread_mutex_t *o)
{
    return mine_pthread_mutex_trylock(o);
}

HOOK_ALSO(int, __pthread_mutex_unlock, pthread_mutex_t *o)
{
    return mine_pthread_mutex_unlock(o);
}

/* SPDX-License-Identifier: MIT */
/* Locks and meeting points.
 *
 * Every object is ready to use when all its bytes are zero, and must not be
 * copied or freed while anybody uses it.  Fields are private.  Any goroutine or
 * thread may call; a wait parks the goroutine, never its thread.  Calls with
 * _until take an absolute deadline on CLOCK_MONOTONIC (go_now() + d) and return
 * 0 or -ETIMEDOUT; calls with _ctx return 0, -ECANCELED or -ETIMEDOUT (base.h).
 */
#ifndef GOROUTINE_SYNC_H
#define GOROUTINE_SYNC_H

#include <goroutine/base.h>
#include <goroutine/go.h>
#include <goroutine/panic.h>

GO_BEGIN_DECLS

/* Waiting goroutines, first come first served.  lock_ protects all three. */
typedef struct go_waitq_ {
    uint32_t lock_;
    uint32_t len_;
    struct go_waiter_ *head_, *tail_;
} go_waitq_;

/* go_mutex - mutual exclusion.  Like Go's sync.Mutex.
 *
 * Barging with a short spin; to a waiter of more than 1 ms it is handed over.
 * May be unlocked by another goroutine than the one that locked it.  Locking it
 * twice waits for ever.  The last to unlock it may free it at once. */
typedef struct go_mutex {
    uint32_t state_;
    uint32_t bias_;
    go_waitq_ q_;
} go_mutex;

GO_API void go_mutex_lock(go_mutex *m);
GO_API bool go_mutex_try_lock(go_mutex *m);
GO_API int go_mutex_lock_until(go_mutex *m, int64_t deadline) GO_MUST_CHECK;
GO_API int go_mutex_lock_ctx(go_mutex *m, go_context *ctx) GO_MUST_CHECK;
/* Unlocking an unlocked mutex: fatal error: sync: unlock of unlocked mutex */
GO_API void go_mutex_unlock(go_mutex *m);

/* go_rwmutex - many readers or one writer.  Like Go's sync.RWMutex.
 *
 * A waiting writer stops new readers, so a reader must not read-lock again what
 * it has locked.  A writer's unlock admits all queued readers first; then comes
 * the next writer.  A writer whose deadline passes stops nobody any more. */
typedef struct go_rwmutex {
    uint32_t state_;
    uint32_t bias_;
    go_waitq_ rq_, wq_; /* rq_.lock_ protects both */
    int64_t calm_;
} go_rwmutex;

GO_API void go_rwmutex_lock(go_rwmutex *m);
GO_API bool go_rwmutex_try_lock(go_rwmutex *m);
GO_API int go_rwmutex_lock_until(go_rwmutex *m, int64_t deadline) GO_MUST_CHECK;
GO_API int go_rwmutex_lock_ctx(go_rwmutex *m, go_context *ctx) GO_MUST_CHECK;
/* fatal error: sync: Unlock of unlocked RWMutex */
GO_API void go_rwmutex_unlock(go_rwmutex *m);
GO_API void go_rwmutex_rlock(go_rwmutex *m);
GO_API bool go_rwmutex_try_rlock(go_rwmutex *m);
GO_API int go_rwmutex_rlock_until(go_rwmutex *m, int64_t deadline) GO_MUST_CHECK;
GO_API int go_rwmutex_rlock_ctx(go_rwmutex *m, go_context *ctx) GO_MUST_CHECK;
/* fatal error: sync: RUnlock of unlocked RWMutex */
GO_API void go_rwmutex_runlock(go_rwmutex *m);

/* go_waitgroup - wait until a count of things is done.  Like sync.WaitGroup.
 *
 * Add before starting what will be done.  The group may be freed, or leave the
 * scope, as soon as the wait has returned, even if the last go_waitgroup_done has
 * not; and may be used again once every wait has returned.
 * Panics, as Go does:
 *   sync: negative WaitGroup counter
 *   sync: WaitGroup misuse: Add called concurrently with Wait
 *   sync: WaitGroup is reused before previous Wait has returned */
typedef struct go_waitgroup {
    uint64_t state_; /* count in the high half; the lowest bit: somebody waits */
    go_waitq_ q_;
} go_waitgroup;

GO_API void go_waitgroup_add(go_waitgroup *wg, int n);
GO_API void go_waitgroup_done(go_waitgroup *wg);
GO_API void go_waitgroup_wait(go_waitgroup *wg);
GO_API int go_waitgroup_wait_until(go_waitgroup *wg, int64_t deadline) GO_MUST_CHECK;
GO_API int go_waitgroup_wait_ctx(go_waitgroup *wg, go_context *ctx) GO_MUST_CHECK;

/* go_once - run a function once; others wait until it has returned.
 * Like sync.Once.  f is called with arg on the caller's goroutine.
 *
 * If f panics, throws, or ends its goroutine with go_exit, that counts as done.  f must
 * not be left by longjmp, nor use the same once: it would wait for itself. */
typedef struct go_once {
    uint32_t state_;
    uint32_t pad_;
    go_waitq_ q_;
} go_once;

GO_API void go_once_do(go_once *o, void (*f)(void *arg), void *arg);
/* The bound is on waiting for another's f, not on running f here. */
GO_API int go_once_do_until(go_once *o, void (*f)(void *arg), void *arg,
                            int64_t deadline) GO_MUST_CHECK;
GO_API int go_once_do_ctx(go_once *o, void (*f)(void *arg), void *arg,
                          go_context *ctx) GO_MUST_CHECK;

/* go_cond - wait for an announcement.  Like sync.Cond, but the mutex is named
 * at each wait; all waits of one cond name the same.
 *
 * A wait unlocks the mutex, waits, and locks it again before it returns, also
 * when the deadline has passed.  First come first served, and nothing spurious:
 * each return of 0 is one signal's or a broadcast's doing.  Broadcast reaches
 * those that wait now.  A signal that races with a deadline either ends that
 * wait with 0 or goes to the next one.  As the mutex was free in between, look at
 * the condition again after every wait.
 * Using a copy of a cond that has been used panics: sync.Cond is copied */
typedef struct go_cond {
    uint32_t waiters_;
    uint32_t pad_;
    go_waitq_ q_;
    const struct go_cond *self_;
} go_cond;

GO_API void go_cond_wait(go_cond *c, go_mutex *m);
GO_API int go_cond_wait_until(go_cond *c, go_mutex *m, int64_t deadline) GO_MUST_CHECK;
GO_API int go_cond_wait_ctx(go_cond *c, go_mutex *m, go_context *ctx) GO_MUST_CHECK;
GO_API void go_cond_signal(go_cond *c);
GO_API void go_cond_broadcast(go_cond *c);

/* Lock, and have every way out of the caller's block unlock; and its end. */
GO_API struct go_defer_ *go_with_lock_(struct go_defer_ *d, go_mutex *m);
GO_API struct go_defer_ *go_with_wlock_(struct go_defer_ *d, go_rwmutex *m);
GO_API struct go_defer_ *go_with_rlock_(struct go_defer_ *d, go_rwmutex *m);
GO_API void go_with_lock_end_(struct go_defer_ *d);
GO_API void go_with_wlock_end_(struct go_defer_ *d);
GO_API void go_with_rlock_end_(struct go_defer_ *d);

GO_END_DECLS

/* go_waitgroup_go(&wg, f, args...) - add 1, go f(args...), done when it has ended.
 *
 * As go; f may also end by go_exit.  Not done if f panics: no wait returns before the
 * program has told of it.  Like Go's  wg.Go(func() { f(args) }). */
#ifdef __cplusplus
#define go_waitgroup_go(wg, ...) GO_SPAWN_COUNTED_(GO_FRESH_, wg, __VA_ARGS__)
#else
#define go_waitgroup_go(w, ...)                                                                    \
    __extension__({                                                                                \
        go_waitgroup *go_wg_ = (w);                                                                \
        GO_PACK_(__VA_ARGS__)                                                                      \
        struct {                                                                                   \
            struct go_wg_call_ head;                                                               \
            __typeof__(go_args_) args;                                                             \
        } go_wg_args_ = { { go_wg_, go_entry_ }, go_args_ };                                       \
        go_waitgroup_add(go_wg_, 1);                                                               \
        go_spawn_or_die_(NULL, go_waitgroup_run_, &go_wg_args_, sizeof(go_wg_args_), go_fn_);      \
    })
#endif

/* go_with_lock(&m) { ... } - hold the mutex for the block; every way out of it
 * unlocks: the end, break, return, goto, a panic, go_exit.
 *
 * go_with_wlock(&m) and go_with_rlock(&m) do so with a go_rwmutex, as writer and as
 * reader.  Like  m.Lock(); defer m.Unlock()  in Go. */
#define go_with_lock(m)  GO_WITH_(go_with_lock_, go_with_lock_end_, m)
#define go_with_wlock(m) GO_WITH_(go_with_wlock_, go_with_wlock_end_, m)
#define go_with_rlock(m) GO_WITH_(go_with_rlock_, go_with_rlock_end_, m)
#define GO_WITH_(begin, end, m)                                                                    \
    for (struct go_defer_ GO_CAT_(go_held_, __LINE__)                                              \
             __attribute__((cleanup(end))) = { 0, 0, 0, 0 },                                       \
             *GO_CAT_(go_once_, __LINE__) = begin(&GO_CAT_(go_held_, __LINE__), m);                \
         GO_CAT_(go_once_, __LINE__); GO_CAT_(go_once_, __LINE__) = NULL)

#endif

/* SPDX-License-Identifier: MIT */
/* go_once: who comes first runs f, the others wait until it has returned.
 *
 * States of state_:
 *   IDLE    nobody has come.        -> RUNNING, by the CAS of the first.
 *   RUNNING f runs.                 -> WAITED, by a waiter that holds q_.lock_;
 *                                   -> DONE, by the runner (CAS).
 *   WAITED  f runs, others wait.    -> DONE, by the runner, holding q_.lock_.
 *   DONE    for ever.
 *
 * Invariants, whenever q_.lock_ is free:
 *  O1  the queue is not empty => WAITED.
 *  O2  RUNNING or WAITED => one runner is inside f.
 * Checked by once_verify().
 *
 * The store of DONE releases what f did; the load in go_once_do acquires it, and
 * so does a waiter when it has been woken.  The runner's last access is that
 * store, or with waiters the freeing of the lock, when those that it popped are
 * still inside go_once_do. */
#include "sync/once.h"

#include "sched/defer.h"
#include "sync/waiting.h"

static never_inline void finish_slow(go_once *o)
{
    uint32_t n;
    spin_lock_word(&o->q_.lock_);
    struct go_waiter_ *first = waitq_pop_all(&o->q_, &n);
    st_release(&o->state_, ONCE_DONE);
    spin_unlock_word(&o->q_.lock_);
    wake_all(first);
}

void once_finish(go_once *o)
{
    uint32_t s = ONCE_RUNNING;
    if (!cas_release(&o->state_, &s, ONCE_DONE))
        finish_slow(o);
}

/* f panicked, threw, or called go_exit; or it has returned: each is the end. */
static void finish_deferred(void *o)
{
    once_finish(o);
}

static void run(go_once *o, void (*f)(void *), void *arg)
{
    struct go_defer_ d __attribute__((cleanup(defer_end)));
    defer_push(this_g(), &d, DEFER_CALL, finish_deferred, o);
    f(arg);
}

/* Holds q_.lock_: true if there is something to wait for. */
static bool must_wait(go_once *o)
{
    uint32_t s = ld_acquire(&o->state_);
    while (s == ONCE_RUNNING)
        if (cas_acquire(&o->state_, &s, ONCE_WAITED))
            return true;
    return s == ONCE_WAITED;
}

/* The bound took us out of the queue.  WAITED with nobody in it is allowed (O1). */
static never_inline int wait_for(go_once *o, struct until u)
{
    struct sync_waiter sw = { 0 };
    int err = 0, late = until_over(u);
    struct m *m = rt_enter();
    spin_lock_word(&o->q_.lock_);
    bool wait = must_wait(o);
    if (wait && !late) {
        sync_waiter_init(&sw, m, u);
        waitq_push(&o->q_, &sw.w);
        err = sync_park(&m, &o->q_.lock_, &o->q_, &sw, WAIT_ONCE, u);
        (void)ld_acquire(&o->state_);
    } else {
        spin_unlock_word(&o->q_.lock_);
    }
    rt_exit(m);
    return wait && late ? late : err;
}

int once_enter_until(go_once *o, struct until u)
{
    uint32_t s = ld_acquire(&o->state_);
    if (likely(s == ONCE_DONE))
        return 0;
    if (s == ONCE_IDLE && cas_relaxed(&o->state_, &s, ONCE_RUNNING))
        return 1;
    return wait_for(o, u);
}

bool once_enter(go_once *o)
{
    return once_enter_until(o, until_forever()) > 0;
}

static inline int once_do(go_once *o, void (*f)(void *arg), void *arg, struct until u)
{
    int r = once_enter_until(o, u);
    if (r > 0) {
        run(o, f, arg);
        r = 0;
    }
    return r;
}

void go_once_do(go_once *o, void (*f)(void *arg), void *arg)
{
    (void)once_do(o, f, arg, until_forever());
}

int go_once_do_until(go_once *o, void (*f)(void *arg), void *arg, int64_t deadline)
{
    return once_do(o, f, arg, until_time(deadline));
}

int go_once_do_ctx(go_once *o, void (*f)(void *arg), void *arg, go_context *ctx)
{
    return once_do(o, f, arg, until_context(ctx));
}

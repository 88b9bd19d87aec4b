/* SPDX-License-Identifier: MIT */
/* go_mutex: a lock word and the queue of its waiters.  All the reasoning is in
 * lockword.h; q_.lock_ is the guard. */
#include "sync/mutex.h"

#include "sync/lockword.h"

static struct lockword word_of(go_mutex *mu)
{
    return (struct lockword){
        .word = &mu->state_,
        .taken = LW_HELD,
        .guard = &mu->q_.lock_,
        .q = &mu->q_,
        .why = WAIT_MUTEX,
    };
}

static never_inline int lock_slow(go_mutex *mu, struct until u)
{
    struct lockword l = word_of(mu);
    return lockword_lock_slow(&l, u);
}

bool go_mutex_try_lock(go_mutex *mu)
{
    return lockword_try(&mu->state_, LW_HELD);
}

void go_mutex_lock(go_mutex *mu)
{
    if (unlikely(!lockword_try(&mu->state_, LW_HELD)))
        (void)lock_slow(mu, until_forever());
}

int go_mutex_lock_until(go_mutex *mu, int64_t deadline)
{
    return likely(lockword_try(&mu->state_, LW_HELD)) ? 0 : lock_slow(mu, until_time(deadline));
}

int go_mutex_lock_ctx(go_mutex *mu, go_context *ctx)
{
    return likely(lockword_try(&mu->state_, LW_HELD)) ? 0 : lock_slow(mu, until_context(ctx));
}

#define NOT_LOCKED "sync: unlock of unlocked mutex"

/* As H and G (F in lockword.h), unless two unlock at once: look again.  NULL if
 * there is nobody to wake after all. */
static struct go_waiter_ *pass_on(go_mutex *mu)
{
    struct lockword l = word_of(mu);
    uint32_t s = ld_relaxed(&mu->state_);
    struct go_waiter_ *w = NULL;
    if ((s & LW_HELD) && lw_must_wake(s)) {
        w = lockword_pop(&l, &s, false);
        st_release(&mu->state_, s);
    }
    return w;
}

struct go_waiter_ *mutex_release(go_mutex *mu)
{
    uint32_t s = ld_relaxed(&mu->state_);
    for (;;) {
        if (unlikely(!(s & LW_HELD)))
            fatal(NOT_LOCKED);
        if (likely(!lw_must_wake(s))) {
            if (likely(cas_release(&mu->state_, &s, s & ~LW_HELD)))
                return NULL;
            continue;
        }
        spin_lock_word(&mu->q_.lock_);
        struct go_waiter_ *w = pass_on(mu);
        spin_unlock_word(&mu->q_.lock_);
        if (w)
            return w;
        s = ld_relaxed(&mu->state_);
    }
}

static never_inline void unlock_slow(go_mutex *mu)
{
    struct go_waiter_ *w = mutex_release(mu);
    if (w)
        lockword_wake(w, w->ok);
}

/* Misuse is found here and not only below, so that the trace begins here. */
void go_mutex_unlock(go_mutex *mu)
{
    uint32_t s = ld_relaxed(&mu->state_);
    if (unlikely(!(s & LW_HELD)))
        fatal(NOT_LOCKED);
    if (unlikely(lw_must_wake(s) || !cas_release(&mu->state_, &s, s & ~LW_HELD)))
        unlock_slow(mu);
}

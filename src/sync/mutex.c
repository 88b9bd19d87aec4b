/* SPDX-License-Identifier: MIT */
/* go_mutex: a lock word and the queue of its waiters.  All the reasoning is in
 * lockword.h; q_.lock_ is the guard.
 *
 * A mutex that one P alone uses is biased to it, as the lock of a channel is
 * (sched/biased.h): then whoever runs that P changes LW_HELD by plain loads and stores,
 * inside the runtime and under a note of the word.  bias_ is the word of that protocol
 * whose tag decides, written by G; MUTEX_BIASED, set as long as it is a tag, keeps all
 * others from taking or giving up the lock: they revoke first.
 *
 *   owner:    note = &state_;  read bias_: if not our tag, take the note back
 *   revoker:  as G: bias_ loses the tag;  membarrier;  wait for the notes;  MUTEX_BIASED off
 *
 * Invariants, whenever the guard is free:
 *   M1  bias_ is a tag <=> MUTEX_BIASED
 *   M2  MUTEX_BIASED => of the other bits only LW_HELD may be set, and nobody is queued:
 *       the owner need not look for somebody to wake.  A waiter queues as G, and not
 *       while it is biased (busy, in lockword.h).
 * The last access of an unlock is still the one that gives up LW_HELD: a note is ours. */
#include "sync/mutex.h"

#include "sched/biased.h"
#include "sync/lockword.h"

#include <errno.h>

#define NOT_LOCKED "sync: unlock of unlocked mutex"

static struct lockword word_of(go_mutex *mu)
{
    return (struct lockword){
        .word = &mu->state_,
        .taken = LW_HELD | MUTEX_BIASED,
        .guard = &mu->q_.lock_,
        .q = &mu->q_,
        .why = WAIT_MUTEX,
        .busy = &mu->bias_,
    };
}

static inline bool leans_to(go_mutex *mu, const struct m *m)
{
    return (ld_relaxed(&mu->bias_) & BIAS_OWNER) == m->bias_tag;
}

static inline void note_drop(struct m *m)
{
    st_release(&m->held[0], NULL); /* B1 */
}

/* Inside the runtime: true, and until the note is taken back nobody else changes the word. */
static inline bool note_take(struct m *m, go_mutex *mu)
{
    assert(!m->held[0]);
    st_relaxed(&m->held[0], &mu->state_);
    compiler_barrier(); /* B1 in biased.h */
    if (likely((ld_acquire(&mu->bias_) & BIAS_OWNER) == m->bias_tag))
        return true;
    note_drop(m);
    return false;
}

/* Inside the runtime, with a P.  false: it is not ours alone, or it is held. */
static inline bool lock_by_note(struct m *m, go_mutex *mu)
{
    if (unlikely(!note_take(m, mu)))
        return false;
    uint32_t s = ld_acquire(&mu->state_); /* pairs with the release of who unlocked */
    if (likely(!(s & LW_HELD)))
        st_relaxed(&mu->state_, s | LW_HELD);
    note_drop(m);
    return likely(!(s & LW_HELD));
}

/* false: it is not ours alone, or not held. */
static inline bool unlock_by_note(struct m *m, go_mutex *mu)
{
    if (unlikely(!note_take(m, mu)))
        return false;
    uint32_t s = ld_relaxed(&mu->state_);
    if (likely(s & LW_HELD))
        st_release(&mu->state_, s & ~LW_HELD); /* pairs with lock_by_note, or a taker's CAS */
    note_drop(m);
    return likely(s & LW_HELD);
}

/* The same from outside.  What rt_enter did for us may have changed whom it leans to: the note
 * tells.  An unlock yields only when it is done: others would wait for us. */
static never_inline bool lock_by_note_slow(go_mutex *mu)
{
    struct m *m = rt_enter();
    bool got = m->p && lock_by_note(m, mu);
    rt_exit(m);
    return got;
}

static never_inline bool unlock_by_note_slow(go_mutex *mu)
{
    struct m *m = m_self();
    if (!rt_enter_asked(m))
        return false;
    bool done = unlock_by_note(m, mu);
    rt_exit(rt_answer(m));
    return done;
}

/* ours: we are the owner, inside the runtime, and have no note of it. */
static void unbias(go_mutex *mu, bool ours)
{
    spin_lock_word(&mu->q_.lock_);
    if (ld_relaxed(&mu->state_) & MUTEX_BIASED) {
        uint32_t tag = mu->bias_;
        bias_lost(&mu->bias_);
        if (!ours || (tag & BIAS_OWNER) != m_self()->bias_tag)
            biased_wait_notes(&mu->state_, tag);
        __atomic_fetch_and(&mu->state_, ~MUTEX_BIASED, __ATOMIC_RELAXED);
    }
    spin_unlock_word(&mu->q_.lock_);
}

/* From outside the runtime. */
static never_inline void unbias_outside(go_mutex *mu)
{
    struct m *m = m_self();
    bool ours = leans_to(mu, m) && rt_enter_fast(m);
    unbias(mu, ours);
    if (ours)
        rt_exit(m);
}

/* The caller holds the lock and has taken it by a CAS: say who was seen, and begin to lean
 * to it when it is time.  Inside the runtime so that the P stays ours, but without waiting
 * for one or yielding: others would wait for the lock meanwhile, or for ever. */
static never_inline void look(go_mutex *mu)
{
    struct m *m = m_self();
    m->bias_wait = BIAS_EVERY;
    if (likely(rt_enter_fast(m))) {
        uint32_t s = LW_HELD;
        spin_lock_word(&mu->q_.lock_);
        /* Else somebody waits; or another has unlocked it, and it may be biased by now. */
        if (ld_relaxed(&mu->state_) == s && bias_next(m, &mu->bias_) &&
            !cas_relaxed(&mu->state_, &s, LW_HELD | MUTEX_BIASED))
            bias_lost(&mu->bias_);
        spin_unlock_word(&mu->q_.lock_);
    }
    rt_exit(m);
}

static never_inline int lock_slow(go_mutex *mu, struct until u)
{
    struct lockword l = word_of(mu);
    int r;
    do {
        if (ld_relaxed(&mu->state_) & MUTEX_BIASED) {
            unbias_outside(mu);
            if (lockword_try(&mu->state_, LW_HELD | MUTEX_BIASED))
                return 0;
        }
        r = lockword_lock_slow(&l, u);
    } while (r == -EAGAIN);
    return r;
}

/* false: not without waiting, or without revoking. */
static inline __attribute__((always_inline)) bool lock_at_once(go_mutex *mu)
{
    struct m *m = m_self();
    if (leans_to(mu, m)) {
        if (unlikely(!rt_enter_fast(m)))
            return lock_by_note_slow(mu);
        bool got = lock_by_note(m, mu);
        rt_exit(m);
        return got;
    }
    if (unlikely(!lockword_try(&mu->state_, LW_HELD | MUTEX_BIASED)))
        return false;
    if (likely(ld_relaxed(&m->p) != NULL) && unlikely(--m->bias_wait <= 0))
        look(mu);
    return true;
}

bool go_mutex_try_lock(go_mutex *mu)
{
    while (!lock_at_once(mu)) {
        uint32_t s = ld_relaxed(&mu->state_);
        if (s & LW_HELD)
            return false;
        if (s & MUTEX_BIASED)
            unbias_outside(mu);
    }
    return true;
}

void go_mutex_lock(go_mutex *mu)
{
    if (unlikely(!lock_at_once(mu)))
        (void)lock_slow(mu, until_forever());
}

int go_mutex_lock_until(go_mutex *mu, int64_t deadline)
{
    return likely(lock_at_once(mu)) ? 0 : lock_slow(mu, until_time(deadline));
}

int go_mutex_lock_ctx(go_mutex *mu, go_context *ctx)
{
    return likely(lock_at_once(mu)) ? 0 : lock_slow(mu, until_context(ctx));
}

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

static struct go_waiter_ *release(go_mutex *mu)
{
    uint32_t s = ld_relaxed(&mu->state_);
    for (;;) {
        if (unlikely(!(s & LW_HELD)))
            fatal(NOT_LOCKED);
        if (unlikely(s & MUTEX_BIASED)) {
            unbias(mu, false);
            s = ld_relaxed(&mu->state_);
            continue;
        }
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

struct go_waiter_ *mutex_release(struct m *m, go_mutex *mu)
{
    return m->p && leans_to(mu, m) && unlock_by_note(m, mu) ? NULL : release(mu);
}

static never_inline void unlock_slow(go_mutex *mu)
{
    struct go_waiter_ *w = release(mu);
    if (w)
        lockword_wake(w, w->ok);
}

/* Misuse is found here and not only below, so that the trace begins here. */
void go_mutex_unlock(go_mutex *mu)
{
    struct m *m = m_self();
    if (leans_to(mu, m)) {
        bool done;
        if (likely(rt_enter_fast(m))) {
            done = unlock_by_note(m, mu);
            rt_exit(m);
        } else {
            done = unlock_by_note_slow(mu);
        }
        if (likely(done))
            return;
    }
    uint32_t s = ld_relaxed(&mu->state_);
    if (unlikely(!(s & LW_HELD)))
        fatal(NOT_LOCKED);
    if (unlikely((s & (LW_QUEUED | LW_WOKEN | MUTEX_BIASED)) ||
                 !cas_release(&mu->state_, &s, s & ~LW_HELD)))
        unlock_slow(mu);
}

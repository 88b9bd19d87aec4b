/* SPDX-License-Identifier: MIT */
/* go_sema: the units taken and a bit in one word, a queue beside it.
 *
 *   taken         the word's upper 63 bits.
 *   SEMA_WAITERS  the queue may have somebody in it.
 *                 set: by a waiter as G (who has the guard, q_.lock_), in a CAS that saw
 *                 too few units free.  cleared: by G, with the queue empty.
 *
 * Without SEMA_WAITERS everything is one CAS on the word.  With it the word belongs to
 * G: nobody else changes it.  So the queue is served in order, and nobody passes it.
 *
 * Who releases while somebody waits serves the queue from its head, as far as the units
 * reach.  A waiter whose bound ended has been taken out of the queue by that; it serves
 * the queue too, for the one behind it may want less than it wanted.  Those who are
 * served have their units before they wake.
 *
 * Invariants, whenever the guard is free:
 *  S1  the queue is not empty => SEMA_WAITERS.
 *  S2  0 <= taken <= size_.
 *  S3  the first in the queue wants more than is free, but for a moment: one whose bound
 *      ended is on its way to serve the queue, or that first one itself is leaving.
 * Checked by sema_verify(): S1 and S2, and Q1 of the queue.
 *
 * Why it may be freed after the last release: the release touches it last in its CAS;
 * or, with SEMA_WAITERS, when it frees the guard.  Then somebody else is still inside: the
 * bit says that one waits, or was served by this very release and is not yet readied, or
 * comes to serve because its bound ended.
 *
 * Orders: the CAS that takes units acquires, the one that gives them back releases.
 * serve() passes on what it acquires by its store, which those who are served acquire. */
#include "sync/sema.h"

#include "sync/waiting.h"

struct sema_waiter {
    struct go_waiter_ w; /* first: a waiter is cast back to this */
    uint64_t n;          /* immutable while queued */
    uint32_t claim;      /* used with a bound: see sched/waitq.h */
};

static bool fits(const go_sema *s, uint64_t state, uint64_t n)
{
    return n <= (uint64_t)s->size_ - sema_taken(state);
}

/* In the public functions, so that the trace of the panic begins there. */
static inline __attribute__((always_inline)) void check_weight(int64_t n)
{
    if (unlikely(n < 0))
        panic("semaphore: negative weight");
}

static bool take(go_sema *s, uint64_t n)
{
    uint64_t state = ld_relaxed(&s->state_);
    while (!(state & SEMA_WAITERS) && fits(s, state, n))
        if (cas_acquire(&s->state_, &state, state + 2 * n))
            return true;
    return false;
}

/* As G: claim and unlink from the head whoever can have what he wants.  A chain for
 * ready_all; the waiters have their units, and the bit is right. */
static struct go_waiter_ *serve(go_sema *s)
{
    struct go_waiter_ *first = NULL, **end = &first, *w;
    uint64_t state = ld_acquire(&s->state_);
    if (!(state & SEMA_WAITERS))
        return NULL;
    while ((w = s->q_.head_) && fits(s, state, ((struct sema_waiter *)w)->n)) {
        waitq_remove(&s->q_, w);
        if (!waiter_claim(w))
            continue;
        state += 2 * ((struct sema_waiter *)w)->n;
        *end = w;
        end = &w->next;
    }
    *end = NULL;
    if (!s->q_.head_)
        state &= ~SEMA_WAITERS;
    st_release(&s->state_, state);
    return first;
}

/* Or the negative errno of who gave up. */
enum outcome { TAKEN, QUEUED };

/* As G.  Others release meanwhile, until the bit is set. */
static int queue_up(go_sema *s, uint64_t n, int late)
{
    uint64_t state = ld_relaxed(&s->state_);
    for (;;) {
        if (!s->q_.head_ && fits(s, state, n)) {
            if (cas_acquire(&s->state_, &state, (state + 2 * n) & ~SEMA_WAITERS))
                return TAKEN;
        } else if (late) {
            return late;
        } else if (cas_relaxed(&s->state_, &state, state | SEMA_WAITERS)) {
            return QUEUED;
        }
    }
}

/* Inside the runtime: the bound took us out of the queue. */
static void leave(go_sema *s, struct m *m)
{
    spin_lock_word(&s->q_.lock_);
    struct go_waiter_ *first = serve(s);
    spin_unlock_word(&s->q_.lock_);
    ready_all(m, first);
}

static int wait_for(go_sema *s, uint64_t n, struct until u)
{
    struct sema_waiter sw = { .n = n };
    int late = until_over(u), err = 0;
    struct m *m = rt_enter();
    spin_lock_word(&s->q_.lock_);
    int r = queue_up(s, n, late);
    if (r != QUEUED) {
        spin_unlock_word(&s->q_.lock_);
    } else {
        sw.w.g = m->curg;
        sw.w.claim = until_bounded(u) ? &sw.claim : NULL;
        waitq_push(&s->q_, &sw.w);
        m = park_until(m, &s->q_.lock_, &s->q_, &sw.w, WAIT_SEMA, u, &err);
        if (err)
            leave(s, m);
        else
            (void)ld_acquire(&s->state_); /* pairs with the store in serve() */
        r = err;
    }
    rt_exit(m);
    return r;
}

/* One who can never be served does not queue: he would hold up the others. */
static never_inline int take_slow(go_sema *s, uint64_t n, struct until u)
{
    if (n > (uint64_t)s->size_)
        return park_alone(WAIT_SEMA, u);
    return wait_for(s, n, u);
}

void go_sema_acquire(go_sema *s, int64_t n)
{
    check_weight(n);
    if (unlikely(!take(s, (uint64_t)n)))
        (void)take_slow(s, (uint64_t)n, until_forever());
}

bool go_sema_try_acquire(go_sema *s, int64_t n)
{
    check_weight(n);
    return take(s, (uint64_t)n);
}

int go_sema_acquire_until(go_sema *s, int64_t n, int64_t deadline)
{
    check_weight(n);
    return likely(take(s, (uint64_t)n)) ? 0 : take_slow(s, (uint64_t)n, until_time(deadline));
}

int go_sema_acquire_ctx(go_sema *s, int64_t n, go_context *ctx)
{
    check_weight(n);
    return likely(take(s, (uint64_t)n)) ? 0 : take_slow(s, (uint64_t)n, until_context(ctx));
}

/* Somebody waits, or did: the word is G's.  false: more than is held. */
static never_inline bool give_slow(go_sema *s, uint64_t n)
{
    spin_lock_word(&s->q_.lock_);
    uint64_t state = ld_relaxed(&s->state_);
    bool held;
    do
        held = n <= sema_taken(state);
    while (held && !cas_release(&s->state_, &state, state - 2 * n));
    struct go_waiter_ *first = held ? serve(s) : NULL;
    spin_unlock_word(&s->q_.lock_);
    wake_all(first);
    return held;
}

void go_sema_release(go_sema *s, int64_t n)
{
    check_weight(n);
    uint64_t weight = (uint64_t)n, state = ld_relaxed(&s->state_);
    while (likely(!(state & SEMA_WAITERS) && weight <= sema_taken(state)))
        if (likely(cas_release(&s->state_, &state, state - 2 * weight)))
            return;
    if (!(state & SEMA_WAITERS) || !give_slow(s, weight))
        panic("semaphore: released more than held");
}

void sema_verify(go_sema *s)
{
    spin_lock_word(&s->q_.lock_);
    uint64_t state = ld_acquire(&s->state_);
    uint32_t n = 0;
    struct go_waiter_ *prev = NULL;
    for (struct go_waiter_ *w = s->q_.head_; w; prev = w, w = w->next, n++)
        ensure(w->queued && w->prev == prev);        /* Q1 */
    ensure(s->q_.tail_ == prev && s->q_.len_ == n);  /* Q1 */
    ensure(!s->q_.head_ || (state & SEMA_WAITERS));  /* S1 */
    ensure(sema_taken(state) <= (uint64_t)s->size_); /* S2 */
    spin_unlock_word(&s->q_.lock_);
}

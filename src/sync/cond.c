/* SPDX-License-Identifier: MIT */
/* go_cond: a queue; the place in it is the ticket.
 *
 * q_.lock_ protects the queue.  waiters_ is its length, written under the lock
 * and read without: a signal that finds 0 touches nothing.  It cannot miss a
 * waiter that it is to wake: that one queued while it held the mutex, and who
 * announces has held the mutex since, to change what the waiter waits for, or
 * has synchronised with it otherwise.  Who has not, is not ordered after the
 * wait, and may as well have come before.
 *
 * A wait queues before it unlocks the mutex, so that no announcement after the
 * unlock is lost; and holds q_.lock_ until its context is saved (park), so that
 * it cannot be readied earlier.  The order of locks is q_.lock_ of the cond, then
 * that of the mutex.
 *
 * Each waiter is woken by one announcement or by its bound, never by both and
 * never by nothing: popping claims it.  A signal skips those that the deadline
 * has claimed, so that it is not lost on them.
 *
 * Invariants, whenever q_.lock_ is free:
 *  C1  self_ is NULL or the cond itself; it is NULL only if nobody waits.
 *  C2  waiters_ == q_.len_ (but for a moment: a waiter whose deadline passed has
 *      left and comes to put it right; waiters_ is then too high).
 * Checked by cond_verify(). */
#include "sync/waiting.h"

#include "sync/lockword.h"
#include "sync/mutex.h"

/* The first user writes its address.  Relaxed: the address is all there is. */
static void check_copy(go_cond *c)
{
    const struct go_cond *self = ld_relaxed(&c->self_);
    if (likely(self == c))
        return;
    if (self || (!cas_relaxed(&c->self_, &self, c) && self != c))
        panic("sync.Cond is copied");
}

static void count(go_cond *c)
{
    st_relaxed(&c->waiters_, c->q_.len_);
}

/* Queue, unlock the mutex, park.  0, or how the bound ended it. */
static int wait_in_queue(go_cond *c, go_mutex *mu, struct until u)
{
    struct sync_waiter sw = { 0 };
    struct m *m = rt_enter();
    spin_lock_word(&c->q_.lock_);
    sync_waiter_init(&sw, m, u);
    waitq_push(&c->q_, &sw.w);
    count(c);
    struct go_waiter_ *next = mutex_release(m, mu);
    if (next)
        ready(m, next->g);
    int err = sync_park(&m, &c->q_.lock_, &c->q_, &sw, WAIT_COND, u);
    if (err) {
        spin_lock_word(&c->q_.lock_);
        count(c);
        spin_unlock_word(&c->q_.lock_);
    }
    rt_exit(m);
    return err;
}

void go_cond_wait(go_cond *c, go_mutex *mu)
{
    check_copy(c);
    (void)wait_in_queue(c, mu, until_forever());
    go_mutex_lock(mu);
}

int go_cond_wait_until(go_cond *c, go_mutex *mu, int64_t deadline)
{
    check_copy(c);
    int err = wait_in_queue(c, mu, until_time(deadline));
    go_mutex_lock(mu);
    return err;
}

int go_cond_wait_ctx(go_cond *c, go_mutex *mu, go_context *ctx)
{
    check_copy(c);
    int err = wait_in_queue(c, mu, until_context(ctx));
    go_mutex_lock(mu);
    return err;
}

void go_cond_signal(go_cond *c)
{
    check_copy(c);
    if (ld_relaxed(&c->waiters_) == 0)
        return;
    spin_lock_word(&c->q_.lock_);
    struct go_waiter_ *w = waitq_pop(&c->q_);
    count(c);
    spin_unlock_word(&c->q_.lock_);
    if (w)
        lockword_wake(w, false);
}

void go_cond_broadcast(go_cond *c)
{
    check_copy(c);
    if (ld_relaxed(&c->waiters_) == 0)
        return;
    uint32_t n;
    spin_lock_word(&c->q_.lock_);
    struct go_waiter_ *first = waitq_pop_all(&c->q_, &n);
    count(c);
    spin_unlock_word(&c->q_.lock_);
    wake_all(first);
}

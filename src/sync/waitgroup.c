/* SPDX-License-Identifier: MIT */
/* go_waitgroup: a count and a bit in one word, a queue beside it.
 *
 *   count    high half, an int32_t.  Changed by anybody, by one atomic add.
 *   WG_WAITERS  the queue may have somebody in it.
 *            set: by a waiter that holds q_.lock_, in a CAS that saw count > 0.
 *            cleared: by who releases the waiters; or, with count > 0 and the
 *            queue empty, by a waiter whose deadline passed; both hold q_.lock_.
 *
 * The add that takes the count to 0 and finds WG_WAITERS makes its caller the
 * releaser: there is one, and none other until the word is 0 again, because
 * adding from 0 while WG_WAITERS is set is misuse: a panic.
 *
 * Invariants, whenever q_.lock_ is free:
 *  W1  the queue is not empty => WG_WAITERS.
 *  W2  count 0 and WG_WAITERS => a releaser is on its way to q_.lock_.
 *  W3  count >= 0, unless a panic about it was recovered: it stays what it is, as in Go.
 * Checked by waitgroup_verify().
 *
 * Early release: the memory may be gone as soon as a wait returns, though the
 * last go_waitgroup_done has not.  So a wait returns only when nobody will touch
 * it any more:
 *  - without waiters, the add itself is the last access;
 *  - a releaser clears the word (R1) and then frees the lock (R2), and readies
 *    the waiters afterwards.  A wait that comes by reads the word (acquire, pairs
 *    with the release of R1) and then the lock (acquire, pairs with R2): if the
 *    word is clear, then the lock is seen as taken or as freed by R2, since R1 is
 *    a release and so comes after the lock was taken.  In the first case the wait
 *    takes the lock and thereby waits for R2;
 *  - one that finds count 0 with WG_WAITERS under the lock came before the
 *    releaser (W2), and queues.
 *
 * Orders: an add releases what was done before it and acquires what the others
 * released, for the releaser passes it on: through the lock, ready and park to
 * the waiters, by R1 to those that need not wait. */
#include "sync/waitgroup.h"

#include "sync/waiting.h"

static bool all_done(go_waitgroup *wg)
{
    return ld_acquire(&wg->state_) == 0 && ld_acquire(&wg->q_.lock_) == 0;
}

#define MISUSE "sync: WaitGroup misuse: Add called concurrently with Wait"

/* The count has come to 0 and the caller is the releaser. */
static never_inline void release(go_waitgroup *wg)
{
    uint32_t n;
    uint64_t s = WG_WAITERS;
    spin_lock_word(&wg->q_.lock_);
    bool ok = cas_release(&wg->state_, &s, 0); /* R1 */
    struct go_waiter_ *first = ok ? waitq_pop_all(&wg->q_, &n) : NULL;
    spin_unlock_word(&wg->q_.lock_); /* R2 */
    if (!ok)
        panic(MISUSE); /* who waits goes on waiting */
    wake_all(first);
}

void go_waitgroup_add(go_waitgroup *wg, int n)
{
    uint64_t delta = (uint64_t)(uint32_t)n << 32;
    uint64_t s = __atomic_add_fetch(&wg->state_, delta, __ATOMIC_ACQ_REL);
    int32_t count = wg_count(s);
    if (unlikely(count < 0))
        panic("sync: negative WaitGroup counter");
    if (likely(!(s & WG_WAITERS)))
        return;
    if (unlikely(n > 0 && count == n))
        panic(MISUSE);
    if (count == 0 && n != 0)
        release(wg);
}

void go_waitgroup_done(go_waitgroup *wg)
{
    go_waitgroup_add(wg, -1);
}

/* Or the negative errno of who gave up. */
enum outcome { DONE, QUEUED, REUSED };

/* Holds q_.lock_. */
static int queue_up(go_waitgroup *wg, int late)
{
    uint64_t s = ld_acquire(&wg->state_);
    for (;;) {
        if (s == 0)
            return DONE;
        if (late)
            return late;
        if (s & WG_WAITERS)
            return QUEUED;
        if (cas_acquire(&wg->state_, &s, s | WG_WAITERS))
            return QUEUED;
    }
}

/* The bound took us out of the queue.  With the count at 0 the word belongs
 * to the releaser. */
static void tidy(go_waitgroup *wg)
{
    spin_lock_word(&wg->q_.lock_);
    uint64_t s = ld_relaxed(&wg->state_);
    while (!wg->q_.head_ && (s & WG_WAITERS) && wg_count(s) != 0)
        if (cas_relaxed(&wg->state_, &s, s & ~WG_WAITERS))
            break;
    spin_unlock_word(&wg->q_.lock_);
}

/* 0, -ETIMEDOUT, -ECANCELED, or REUSED. */
static never_inline int wait_slow(go_waitgroup *wg, struct until u)
{
    struct sync_waiter sw = { 0 };
    int late = until_over(u);
    struct m *m = rt_enter();
    spin_lock_word(&wg->q_.lock_);
    int r = queue_up(wg, late);
    if (r != QUEUED) {
        spin_unlock_word(&wg->q_.lock_);
    } else {
        sync_waiter_init(&sw, m, u);
        waitq_push(&wg->q_, &sw.w);
        r = sync_park(&m, &wg->q_.lock_, &wg->q_, &sw, WAIT_WAITGROUP, u);
        if (r)
            tidy(wg);
        else
            r = ld_acquire(&wg->state_) == 0 ? DONE : REUSED;
    }
    rt_exit(m);
    return r;
}

/* In the public function, so that the trace of the panic begins there. */
static inline __attribute__((always_inline)) int wait_until(go_waitgroup *wg, struct until u)
{
    if (all_done(wg))
        return 0;
    int r = wait_slow(wg, u);
    if (unlikely(r == REUSED))
        panic("sync: WaitGroup is reused before previous Wait has returned");
    return r;
}

void go_waitgroup_wait(go_waitgroup *wg)
{
    (void)wait_until(wg, until_forever());
}

int go_waitgroup_wait_until(go_waitgroup *wg, int64_t deadline)
{
    return wait_until(wg, until_time(deadline));
}

int go_waitgroup_wait_ctx(go_waitgroup *wg, go_context *ctx)
{
    return wait_until(wg, until_context(ctx));
}

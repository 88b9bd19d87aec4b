/* SPDX-License-Identifier: MIT */
/* The invariants of lockword.h, rwmutex.c, waitgroup.c, once.c, cond.c. */
#include "sync/check_sync.h"

#include "sched/biased.h"
#include "sync/bias.h"
#include "sync/lockword.h"
#include "sync/mutex.h"
#include "sync/once.h"
#include "sync/rwmutex.h"
#include "sync/waitgroup.h"

static void require(bool holds, const char *name)
{
    if (!holds)
        bug("sync: invariant %s does not hold", name);
}

/* Q1 of sched/waitq.h. */
static void check_queue(const go_waitq_ *q)
{
    uint32_t n = 0;
    struct go_waiter_ *prev = NULL;
    for (struct go_waiter_ *w = q->head_; w; w = w->next) {
        require(w->queued && w->prev == prev, "Q1 (links)");
        prev = w;
        n++;
    }
    require(q->tail_ == prev && q->len_ == n, "Q1 (ends)");
}

/* The queue is still while we hold the guard; the word is not, but each of its
 * values has to satisfy this. */
static void check_word(uint32_t s, uint32_t taken, const go_waitq_ *q)
{
    check_queue(q);
    require(!q->head_ || (s & LW_QUEUED), "L1");
    if (s & LW_STARVING)
        require((s & LW_QUEUED) && !(s & LW_WOKEN) && (s & taken), "L2");
    require(!lw_must_wake(s) || (s & taken), "L3");
}

void mutex_verify(go_mutex *mu)
{
    spin_lock_word(&mu->q_.lock_);
    uint32_t s = ld_acquire(&mu->state_);
    check_word(s, LW_HELD, &mu->q_);
    require(!(s & MUTEX_BIASED) == !(mu->bias_ & BIAS_TO), "M1");
    require(!(s & MUTEX_BIASED) || (!(s & ~(LW_HELD | MUTEX_BIASED)) && !mu->q_.head_), "M2");
    spin_unlock_word(&mu->q_.lock_);
}

void rwmutex_verify(go_rwmutex *rw)
{
    spin_lock_word(&rw->rq_.lock_);
    uint32_t s = ld_acquire(&rw->state_);
    check_word(s, LW_HELD | RW_READERS, &rw->wq_);
    check_queue(&rw->rq_);
    require(!(s & LW_HELD) || !(s & RW_READERS), "R1");
    require(!rw->rq_.head_ || (s & RW_READERS_QUEUED), "R2");
    require(!(s & LW_SHUT) || (s & (LW_HELD | LW_QUEUED | LW_WOKEN)), "R4");
    require(!(s & RW_BIASED) == (bias_of(rw) == BIAS_OFF), "B2 (bit)");
    require(bias_of(rw) == BIAS_OFF || (s & RW_READERS), "B2");
    if (bias_of(rw) == BIAS_ON) {
        require((s & (RW_READER - 1) & ~(LW_QUEUED | LW_WOKEN)) == RW_BIASED, "B2 (no writer)");
        require(!lw_must_wake(s), "B2 (a writer that nobody wakes)");
    }
    spin_unlock_word(&rw->rq_.lock_);
}

void waitgroup_verify(go_waitgroup *wg)
{
    spin_lock_word(&wg->q_.lock_);
    uint64_t s = ld_acquire(&wg->state_);
    check_queue(&wg->q_);
    require(!wg->q_.head_ || (s & WG_WAITERS), "W1");
    require(wg_count(s) >= 0, "W3");
    spin_unlock_word(&wg->q_.lock_);
}

void once_verify(go_once *o)
{
    spin_lock_word(&o->q_.lock_);
    uint32_t s = ld_acquire(&o->state_);
    check_queue(&o->q_);
    require(s <= ONCE_DONE, "O (state)");
    require(!o->q_.head_ || s == ONCE_WAITED, "O1");
    spin_unlock_word(&o->q_.lock_);
}

void cond_verify(go_cond *c)
{
    spin_lock_word(&c->q_.lock_);
    check_queue(&c->q_);
    const go_cond *self = ld_relaxed(&c->self_);
    require(self == c || (!self && !c->q_.head_), "C1");
    require(ld_relaxed(&c->waiters_) >= c->q_.len_, "C2");
    spin_unlock_word(&c->q_.lock_);
}

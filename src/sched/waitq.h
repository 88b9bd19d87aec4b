/* SPDX-License-Identifier: MIT */
/* Queue of waiting goroutines.  The records live on the waiters' own stacks.
 *
 * The queue's owner protects it by one lock; go_waitq_ has a word for it that
 * the owner may use.
 *
 * A waiter with claim == NULL waits for one thing: whoever dequeues it readies
 * it.  One with a claim (a select, a deadline) can be found by several: the
 * winner is who moves *claim from 0; waitq_pop skips (and unlinks) the others.
 *
 * Invariants, whenever the lock is free:
 *  Q1  doubly linked, head to tail, len_ records, each queued == true.
 *  Q2  a record not in a queue has queued == false; removing it is a no-op.
 */
#ifndef SCHED_WAITQ_H
#define SCHED_WAITQ_H

#include "base/atomic.h"
#include "base/spin.h"

#include <assert.h>
#include <goroutine/sync.h>
#include <stddef.h>

struct g;

struct go_waiter_ {
    struct go_waiter_ *next, *prev; /* queue's lock; next also by ready_all */
    struct g *g;                    /* immutable while queued */
    uint32_t *claim;                /* immutable while queued; see above */
    void *elem;                     /* channel: where to read or write the value */
    void *obj;                      /* select: its gate, a lock word (chan/select.c); else NULL */
    uint32_t index;                 /* select: number of the case, from 0 */
    bool queued;                    /* queue's lock */
    bool ok;                        /* set by the waker before ready: value, not close;
                                       lock handed over */
    uint8_t mode;                   /* the owner's, e.g. reader or writer */
};

static inline void waitq_push(go_waitq_ *q, struct go_waiter_ *w)
{
    assert(!w->queued);
    w->next = NULL;
    w->prev = q->tail_;
    st_relaxed(q->tail_ ? &q->tail_->next : &q->head_, w); /* channels peek at head_ */
    q->tail_ = w;
    q->len_++;
    w->queued = true;
}

static inline void waitq_push_front(go_waitq_ *q, struct go_waiter_ *w)
{
    assert(!w->queued);
    w->prev = NULL;
    w->next = q->head_;
    *(q->head_ ? &q->head_->prev : &q->tail_) = w;
    st_relaxed(&q->head_, w);
    q->len_++;
    w->queued = true;
}

static inline void waitq_remove(go_waitq_ *q, struct go_waiter_ *w)
{
    if (!w->queued)
        return;
    st_relaxed(w->prev ? &w->prev->next : &q->head_, w->next);
    *(w->next ? &w->next->prev : &q->tail_) = w->prev;
    q->len_--;
    w->queued = false;
}

/* waitq_shift - unlink the first, which is w. */
static inline void waitq_shift(go_waitq_ *q, struct go_waiter_ *w)
{
    assert(q->head_ == w && w->queued && !w->prev);
    st_relaxed(&q->head_, w->next);
    *(w->next ? &w->next->prev : &q->tail_) = NULL;
    q->len_--;
    w->queued = false;
}

/* waiter_claim - true if the caller now owns the waking of w. */
static inline bool waiter_claim(struct go_waiter_ *w)
{
    return !w->claim || cas(w->claim, 0u, w->index + 1);
}

/* waitq_pop - unlink and claim the first waiter that can still be woken. */
static inline struct go_waiter_ *waitq_pop(go_waitq_ *q)
{
    struct go_waiter_ *w;
    while ((w = q->head_)) {
        waitq_shift(q, w);
        if (waiter_claim(w))
            return w;
    }
    return NULL;
}

/* waiter_wait_gate - a waiter of a select brings a word that is held until the
 * select has parked (select.c); it must not be readied before.  The word is nearly
 * always free by now, and nobody but its one claimer asks. */
static inline void waiter_wait_gate(uint32_t *gate)
{
    if (gate && unlikely(ld_acquire(gate))) {
        spin_lock_word(gate);
        spin_unlock_word(gate);
    }
}

#endif

/* SPDX-License-Identifier: MIT */
/* The word of an exclusive lock: go_mutex, and the writers of go_rwmutex.
 *
 * Locking and unlocking without contention is one CAS on the word, outside the
 * runtime.  Waiters stand in a queue under a spin lock of their own (the guard).
 *
 * Bits of the word; H stands for the holder, G for whoever has the guard:
 *
 *   LW_HELD      somebody holds the lock.
 *                set: by a CAS that found the lock free; or it stays set when H
 *                hands over.  cleared: by H alone.
 *   LW_QUEUED    the queue may have somebody in it.
 *                set: by a waiter that is G, in a CAS that saw the lock taken.
 *                cleared: by G, with the queue empty.
 *   LW_WOKEN     one waiter was woken without getting the lock and has not yet
 *                tried for it.  While it is set nobody else is woken.
 *                set: by H as G, together with clearing LW_HELD.
 *                cleared: by that waiter, when it gets the lock, or as G when it
 *                queues again or gives up, in a CAS that saw the lock taken.
 *   LW_STARVING  a waiter waits for more than 1 ms: the lock is handed over and
 *                nobody may take it in passing.
 *                set: by that waiter as G, together with clearing LW_WOKEN.
 *                cleared: by H as G when it hands over to one that waits for less
 *                than 1 ms or to the last; by G with the queue empty.
 *   LW_SHUT      readers have the lock and a waiter has asked them out: no more of
 *                them come in.  Never set on a go_mutex.
 *                set: by a waiter that is G, with LW_QUEUED, in a CAS that saw
 *                readers; by G in rwmutex.c.
 *                cleared: by who hands over or gives up the lock; by G with the
 *                queue empty.
 * The bits above them are the user's (readers of a go_rwmutex).
 *
 * Invariants, whenever the guard is free:
 *  L1  the queue is not empty => LW_QUEUED.  (The other way round but for a
 *      moment: a waiter whose deadline passed has left and comes to tidy up.)
 *  L2  LW_STARVING => LW_QUEUED, not LW_WOKEN, and the lock is taken.
 *  L3  LW_QUEUED, not LW_WOKEN => the lock is taken.  So whoever gives it up
 *      will see LW_QUEUED and wake one: nobody sleeps beside a free lock.
 *  L4  LW_WOKEN => one waiter is between being popped and its next try.
 * Checked by mutex_verify() and rwmutex_verify().
 *
 * F: while H is also G, nobody else writes the word: to take the lock it must be
 * free, everything else needs the guard.  So H reads it, decides, pops, and
 * writes with a plain store.
 *
 * Why the lock may be freed right after the last unlock: the one that unlocks
 * touches it last in the access that gives up LW_HELD; or, if there are waiters,
 * when it frees the guard, and at that time the waiter that it popped and has
 * not readied is still inside its lock call.  Nothing is touched after entering
 * the runtime, where we may have to wait for a P.
 *
 * Orders: a CAS that takes the lock acquires; one that gives it up releases, and
 * so does the store under F.  All other CASes are relaxed: they only continue
 * the release sequence.  One that was handed the lock acquires the word again.
 */
#ifndef SYNC_LOCKWORD_H
#define SYNC_LOCKWORD_H

#include "base/atomic.h"
#include "sync/waiting.h"

#define LW_HELD     (1u << 0)
#define LW_QUEUED   (1u << 1)
#define LW_WOKEN    (1u << 2)
#define LW_STARVING (1u << 3)
#define LW_SHUT     (1u << 4)

/* What speaks of the queue: gone when it is empty. */
#define LW_OF_QUEUE (LW_QUEUED | LW_STARVING | LW_SHUT)

/* A waiter of more than this is starving; Go's figure. */
#define LW_STARVED_NS INT64_C(1000000)

/* Where the parts of one lock are, and what its waiters are said to do. */
struct lockword {
    uint32_t *word;
    uint32_t taken; /* one of these bits set: the lock cannot be had */
    uint32_t *guard;
    go_waitq_ *q; /* guard */
    enum wait_reason why;
    const uint32_t *busy; /* NULL, or a word that G changes: odd, and nobody may queue */
};

static inline bool lockword_try(uint32_t *word, uint32_t taken)
{
    uint32_t s = ld_relaxed(word);
    while (!(s & taken))
        if (cas_acquire(word, &s, s | LW_HELD))
            return true;
    return false;
}

/* lockword_lock_slow - 0 with the lock held, or -EAGAIN if busy, -ETIMEDOUT or -ECANCELED.
 * For a lock that is never busy with somebody queued or woken. */
int lockword_lock_slow(const struct lockword *l, struct until u);

/* One who wants a lock that may be busy.  Zero at first. */
struct lockword_seeker {
    struct sync_waiter sw;
    uint32_t woken; /* LW_WOKEN: that bit is ours */
};

/* lockword_seek - as lockword_lock_slow, or -EAGAIN if it is busy: then call it again, with
 * the same seeker. */
int lockword_seek(const struct lockword *l, struct lockword_seeker *me, struct until u);

/* lw_must_wake - the holder has to wake somebody when it gives up the lock. */
static inline bool lw_must_wake(uint32_t s)
{
    return (s & (LW_QUEUED | LW_WOKEN)) == LW_QUEUED;
}

/* lockword_pop - H and G only: take the waiter to wake, or NULL if all have left.
 *
 * *s is the word as it was and becomes what the caller has to store (releasing).
 * hand_over: the lock passes to the waiter whatever LW_STARVING says.  On return
 * w->ok tells whether it passes; if so *s keeps the lock's bits, else they are
 * gone and LW_WOKEN is there. */
struct go_waiter_ *lockword_pop(const struct lockword *l, uint32_t *s, bool hand_over);

/* lockword_wake - ready a waiter that was popped; enters the runtime.  The lock's
 * memory may be gone.  at_once: yield to it, for it holds the lock and nobody can
 * pass it. */
void lockword_wake(struct go_waiter_ *w, bool at_once);

#endif

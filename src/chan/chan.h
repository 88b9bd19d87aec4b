/* SPDX-License-Identifier: MIT */
/* Channels: the structure, and the one step that every operation is made of.
 *
 * A channel is a ring of cap elements behind one spin lock, which may be biased to a P
 * (sched/biased.h), and two queues of waiters.  An operation takes the lock, makes its step, frees the lock, and only
 * then wakes whom the step released:
 *
 *   send   a receiver waits     copy into its variable, wake it
 *          there is room        copy into the ring
 *          else                 queue a waiter, park
 *   recv   the ring has one     copy out; a waiting sender's value fills the place
 *          a sender waits       copy from its variable, wake it (capacity 0)
 *          closed               nothing, at once
 *          else                 queue a waiter, park
 *   close  mark, wake everybody
 *
 * Invariants, whenever the lock is free.  A waiter is live while its claim word is
 * 0 or it has none; one that was claimed elsewhere (a select that another case
 * won, a deadline that passed) is dead, and stays queued until its owner or the
 * next operation removes it.
 *   C1  a live receiver and a live sender are queued together only if both
 *       belong to the same select.
 *   C2  count > 0 => no live receiver;  count < cap => no live sender.
 *   C3  closed never returns to 0;  closed => no live waiter.
 *   C4  count <= cap;  rd, wr < cap, and wr == (rd + count) mod cap, if elements
 *       have a size and cap > 0;  Q1 holds for both queues.
 *   C5  holders > 0.
 * Checked by chan_verify().
 *
 * The channel of a timer has capacity 0 and never a sender: what can be received is
 * the time that has come (timer_chan.c).
 *
 * Lifetime.  holders counts go_chan_make_ and go_chan_hold_; the last drop frees.
 * An operation may run only while somebody holds the channel, and
 *   C6  the last access of an operation is the store that frees the lock.
 * So a goroutine may drop its hold as soon as it has received the value or seen
 * the close, although the sender or closer has not returned yet.  What a waiter
 * needs after it was woken it takes from its own stack.  The exception is a
 * select, or a deadline that passed: it goes back to the channels where it lost.
 *
 * Order of locks: spin.h.
 */
#ifndef CHAN_CHAN_H
#define CHAN_CHAN_H

#include "base/fatal.h"
#include "base/spin.h"
#include "sched/biased.h"
#include "sched/entry.h"
#include "sched/next.h"
#include "sched/self.h"

#include <assert.h>
#include <goroutine/chan.h>
#include <stddef.h>
#include <string.h>

struct go_timer;

struct go_chan_ {
    /* One cache line with all that a send or receive changes. */
    go_waitq_ recvq; /* recvq.lock_ is the lock of the whole channel */
    go_waitq_ sendq; /* sendq.lock_ holds the marks below: lock, atomic for a peek */
    size_t count;    /* lock, atomic for a peek: elements in the ring */
    uint32_t rd;     /* lock: slot of the first */
    uint32_t wr;     /* lock: slot behind the last */

    /* One with what they only read, and the count of holders. */
    size_t cap;             /* immutable, in elements; with a size, at most CHAN_MAX_SLOTS */
    size_t elem;            /* immutable: bytes of an element */
    struct go_timer *timer; /* immutable: NULL, or freed with the channel; timer_chan.c */
    void *mem;              /* immutable: what to free */
    uint32_t holders;       /* atomic */
    uint32_t bias;          /* lock, atomic for a peek: to whom it leans; sched/biased.h */

    char ring[] cache_aligned; /* lock; cap * elem bytes */
} cache_aligned;

#define CHAN_MAX_SLOTS UINT32_MAX

/* Marks. */
#define CHAN_CLOSED 1u
#define CHAN_TIMER  2u /* immutable: timer is not NULL */

_Static_assert(offsetof(struct go_chan_, cap) == CACHE_LINE, "what changes is one cache line");

/* chan_lock, chan_unlock - m: the running M, inside the runtime, or m_none.  The variants
 * with a number are for who holds several: from 0, each another. */
static inline void chan_lock_nth(struct m *m, struct go_chan_ *c, unsigned i)
{
    biased_lock(m, &c->recvq.lock_, i);
}

static inline void chan_unlock_nth(struct m *m, struct go_chan_ *c, unsigned i)
{
    biased_unlock(m, &c->recvq.lock_, i);
}

/* Who holds the lock by a CAS although it was biased has just revoked that, or finds it
 * revoked: the look takes note of it. */
static inline void chan_lock(struct m *m, struct go_chan_ *c)
{
    chan_lock_nth(m, c, 0);
    if (m->p && !biased_by_note(m, &c->recvq.lock_, 0) &&
        unlikely(--m->bias_wait <= 0 || (ld_relaxed(&c->bias) & BIAS_TO)))
        biased_look(m, &c->recvq.lock_, &c->bias);
}

static inline void chan_unlock(struct m *m, struct go_chan_ *c)
{
    chan_unlock_nth(m, c, 0);
}

/* Acquire: who sees the close without the lock sees what was done before it.
 * Pairs with the release in go_chan_close_. */
static inline bool chan_closed(struct go_chan_ *c)
{
    return ld_acquire(&c->sendq.lock_) & CHAN_CLOSED;
}

static inline bool chan_is_timer(struct go_chan_ *c)
{
    return ld_relaxed(&c->sendq.lock_) & CHAN_TIMER;
}

static inline size_t chan_count(struct go_chan_ *c)
{
    return ld_relaxed(&c->count);
}

/* Copy one element, the common sizes without a call. */
static inline void chan_copy(void *to, const void *from, size_t n)
{
    if (likely(n == 8))
        memcpy(to, from, 8);
    else if (n == 4)
        memcpy(to, from, 4);
    else if (n == 16)
        memcpy(to, from, 16);
    else if (n == 1)
        memcpy(to, from, 1);
    else if (n == 2)
        memcpy(to, from, 2);
    else if (n)
        memcpy(to, from, n);
}

/* Index of the slot behind i.  By comparison: a division costs more than a copy. */
static inline uint32_t chan_next(const struct go_chan_ *c, uint32_t i)
{
    return i + 1 == c->cap ? 0 : i + 1;
}

/* chan_put, chan_take - an element into or out of the ring, which has room for it
 * or holds one.  The number of elements is the caller's to change.
 *
 * The store into the slot must leave the CPU before the next locked instruction
 * can, so its address is not worth a multiplication where a shift will do. */
static inline void chan_put(struct go_chan_ *c, const void *v)
{
    size_t i = c->wr;
    if (likely(c->elem == 8))
        memcpy(c->ring + i * 8, v, 8);
    else
        chan_copy(c->ring + i * c->elem, v, c->elem);
    c->wr = chan_next(c, c->wr);
}

static inline void chan_take(struct go_chan_ *c, void *dst)
{
    size_t i = c->rd;
    if (unlikely(!dst))
        ;
    else if (likely(c->elem == 8))
        memcpy(dst, c->ring + i * 8, 8);
    else
        chan_copy(dst, c->ring + i * c->elem, c->elem);
    c->rd = chan_next(c, c->rd);
}

/* What a step did. */
enum chan_step {
    STEP_DONE,
    STEP_CLOSED, /* send: nothing was sent; recv: nothing left */
    STEP_WAIT,   /* not without waiting */
};

/* chan_send_step - under the lock.  *wake is whom to wake when it is free. */
static inline enum chan_step chan_send_step(struct go_chan_ *c, const void *v,
                                            struct go_waiter_ **wake)
{
    if (unlikely(chan_closed(c)))
        return STEP_CLOSED;
    struct go_waiter_ *w;
    if (c->recvq.head_ && (w = waitq_pop(&c->recvq))) {
        if (w->elem)
            chan_copy(w->elem, v, c->elem);
        w->ok = true;
        *wake = w;
        return STEP_DONE;
    }
    size_t count = chan_count(c);
    if (count == c->cap)
        return STEP_WAIT;
    chan_put(c, v);
    st_relaxed(&c->count, count + 1);
    return STEP_DONE;
}

/* Of the channel of a timer, in timer_chan.c: whether the time has come, without the
 * lock; under it, what is received when nobody sends, and that somebody waits. */
bool timer_chan_ready(struct go_chan_ *c);
void timer_chan_await(struct go_chan_ *c);
enum chan_step timer_chan_step(struct go_chan_ *c, void *dst);

/* chan_recv_step - under the lock.  dst may be NULL.  STEP_CLOSED leaves *dst
 * alone.  *wake is whom to wake when the lock is free. */
static inline enum chan_step chan_recv_step(struct go_chan_ *c, void *dst, struct go_waiter_ **wake)
{
    struct go_waiter_ *w = c->sendq.head_ ? waitq_pop(&c->sendq) : NULL;
    size_t count = chan_count(c);
    if (count && !w) {
        chan_take(c, dst);
        st_relaxed(&c->count, count - 1);
        return STEP_DONE;
    }
    if (!w) {
        if (chan_closed(c))
            return STEP_CLOSED;
        return unlikely(chan_is_timer(c)) ? timer_chan_step(c, dst) : STEP_WAIT;
    }
    if (count) {
        /* Full (C2): the sender's value goes where room was made, and count never
         * looks smaller to a peek. */
        chan_take(c, dst);
        chan_put(c, w->elem);
    } else if (dst) {
        chan_copy(dst, w->elem, c->elem);
    }
    w->ok = true;
    *wake = w;
    return STEP_DONE;
}

/* chan_wake - ready a waiter that a step has claimed.  No lock is held. */
static inline void chan_wake(struct m *m, struct go_waiter_ *w)
{
    waiter_wait_gate(w->obj);
    ready(m, w->g);
}

/* chan_finish - end of an operation that need not wait. */
static inline void chan_finish(struct m *m, struct go_chan_ *c, struct go_waiter_ *wake)
{
    chan_unlock(m, c);
    if (wake)
        chan_wake(m, wake);
    rt_exit(m);
}

/* chan_sure_waiter - under the lock: the first of q, if it waits for nothing else.  Then
 * nobody else can have claimed it. */
static inline struct go_waiter_ *chan_sure_waiter(const go_waitq_ *q)
{
    struct go_waiter_ *w = q->head_;
    return w && !w->claim ? w : NULL;
}

/* chan_release - w, the first of q and sure, got or gave its value: the end of the
 * operation. */
static inline void chan_release(struct m *m, struct go_chan_ *c, go_waitq_ *q, struct go_waiter_ *w)
{
    w->ok = true;
    waitq_shift(q, w);
    chan_unlock(m, c);
    ready_next(m, w->g);
    rt_exit(m);
}

/* chan_enter_fast - rt_enter() and chan_lock() as long as neither needs a call;
 * NULL if one does, and then begin again with those two.  With a call in it the
 * fast path would save registers, and the stores that do so would stand in the
 * way of the locked instruction.  E1 as in rt_enter: entering twice is entering. */
static inline struct m *chan_enter_fast(struct go_chan_ *c)
{
    struct m *m = m_self();
    if (unlikely(!rt_enter_fast(m)))
        return NULL;
    if ((ld_relaxed(&c->bias) & BIAS_OWNER) == m->bias_tag)
        return likely(biased_take(m, &c->recvq.lock_, 0)) ? m : NULL;
    if (unlikely(--m->bias_wait <= 0))
        return NULL;
    return likely(spin_try_lock_word(&c->recvq.lock_)) ? m : NULL;
}

/* chan_may_send, chan_may_recv - a look without the lock: could it be done now?
 *
 * "No" is true of one moment, so an operation that must not wait may refuse on
 * it.  That moment is the look at count, or for capacity 0 the look at the queue:
 * a full ring has no live receiver and one with room no live sender (C2), and the
 * channel, open when looked at later, was open then (C3).  The acquires keep the
 * looks in this order.  "Yes" is a hint: dead waiters are taken for live. */
static inline bool chan_may_send(struct go_chan_ *c)
{
    return ld_acquire(&c->recvq.head_) || ld_acquire(&c->count) != c->cap || chan_closed(c);
}

static inline bool chan_may_recv(struct go_chan_ *c)
{
    if (ld_acquire(&c->count) || ld_acquire(&c->sendq.head_))
        return true;
    uint32_t marks = ld_acquire(&c->sendq.lock_);
    return unlikely(marks) && ((marks & CHAN_CLOSED) || timer_chan_ready(c));
}

/* chan_queue_recv - under the lock: queue w, which is about to wait for a value. */
static inline void chan_queue_recv(struct go_chan_ *c, struct go_waiter_ *w)
{
    waitq_push(&c->recvq, w);
    if (unlikely(chan_is_timer(c)))
        timer_chan_await(c);
}

/* chan_send_inside - inside the runtime, for who must not park: send if it can be
 * done now. */
enum chan_step chan_send_inside(struct m *m, struct go_chan_ *c, const void *v);

/* chan_close_inside - inside the runtime, no lock held: close; false: it was. */
bool chan_close_inside(struct m *m, struct go_chan_ *c);

/* chan_park_nil - what an operation on a nil channel does. */
void chan_park_nil(enum wait_reason why) __attribute__((noreturn));

/* chan_panic_send - outside the runtime: "send on closed channel". */
void chan_panic_send(void) __attribute__((noreturn));

/* select_waiting - what a select that is parked on this gate waits for; for debug,
 * while nothing moves. */
struct go_case;
struct select_view {
    const struct go_case *cases;
    int n;
    bool bounded; /* by a deadline, or it waits for descriptors too */
    bool won;     /* somebody is about to wake it */
};
struct select_view select_waiting(const uint32_t *gate);

/* chan_new - a channel, with room for extra bytes behind the ring; *extra_at is
 * where they are, aligned to 16.  0, -EINVAL or -ENOMEM. */
int chan_new(struct go_chan_ **out, size_t elem, int64_t cap, size_t extra, void **extra_at);

/* timer_chan_end - the last holder is gone: nobody touches the timer any more. */
void timer_chan_end(struct go_chan_ *c);

/* timer_chan_verify - under the lock: K1 and K2 of timer_chan.c. */
void timer_chan_verify(struct go_chan_ *c);

/* chan_verify - check C1 to C5 under the lock; bug() if one is broken. */
void chan_verify(struct go_chan_ *c);

#endif

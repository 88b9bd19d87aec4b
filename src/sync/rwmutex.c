/* SPDX-License-Identifier: MIT */
/* go_rwmutex: a lock word for the writers, with the readers counted above it.
 *
 * Bits of the word beyond those of lockword.h:
 *
 *   RW_READERS_QUEUED  rq_ may have somebody in it.
 *                set: by a reader that is G, in a CAS that saw it may not enter.
 *                cleared: by G, with rq_ empty.
 *   RW_BIASED    readers may be noted elsewhere: bias.h.
 *                set and cleared: by G, together with bias_.
 *   RW_READER x n  n readers are in.
 *                added: by a reader, in a CAS that saw no RW_CLOSED bit; by G,
 *                who lets the queued ones in.  Taken away: by each reader.
 *   RW_FULL      the top bit of the count: no more may enter.
 *
 * bias_ and calm_ keep readers on many cores out of each other's way: bias.h.  Where
 * readers are spoken of here, those are meant that the word counts.
 *
 * rq_.lock_ is the guard of both queues; wq_.lock_ is not used.  H in lockword.h
 * is here the writer that is in; or the only reader that is in, once it has set
 * LW_SHUT as G: then F holds for it too.
 *
 * A writer that finds readers in shuts them out and waits; the last one out hands
 * over to the first writer in the queue.  A writer's unlock lets in all queued
 * readers and wakes one writer, who will shut them out again when it comes.  Until
 * then other readers come in, and without any, so do other writers, as with a
 * mutex: otherwise all end up marching in step, one operation for each switch.
 * A starving writer shuts the readers out at once.
 *
 * Invariants, besides L1 to L4, whenever the guard is free:
 *  R1  never LW_HELD and readers.
 *  R2  rq_ is not empty => RW_READERS_QUEUED.
 *  R3  rq_ is not empty => LW_HELD or LW_SHUT.  (But for a moment: a writer that
 *      gave up comes to let_in().)
 *  R4  LW_SHUT => LW_HELD, LW_QUEUED or LW_WOKEN: there is a writer whose unlock
 *      will let the queued readers in.
 * Checked by rwmutex_verify().
 */
#include "sync/rwmutex.h"

#include "sched/chaos.h"
#include "sync/bias.h"
#include "sync/lockword.h"

#include <errno.h>

#define NOT_READ_LOCKED "sync: RUnlock of unlocked RWMutex"
#define NOT_LOCKED      "sync: Unlock of unlocked RWMutex"

static struct lockword word_of(go_rwmutex *rw)
{
    return (struct lockword){
        .word = &rw->state_,
        .taken = LW_HELD | RW_READERS,
        .guard = &rw->rq_.lock_,
        .q = &rw->wq_,
        .why = WAIT_RWMUTEX_W,
        .busy = &rw->bias_,
    };
}

/* Readers */

static bool enter(go_rwmutex *rw, uint32_t *s)
{
    while (!(*s & RW_CLOSED))
        if (cas_acquire(&rw->state_, s, *s + RW_READER))
            return true;
    return false;
}

/* A CAS that fails has met another reader: it tells that a bias may help. */
static inline bool try_read(go_rwmutex *rw)
{
    if (bias_of(rw) == BIAS_ON && bias_enter(rw))
        return true;
    uint32_t s = ld_relaxed(&rw->state_);
    bool met = false;
    while (likely(!(s & RW_CLOSED))) {
        if (likely(cas_acquire(&rw->state_, &s, s + RW_READER))) {
            if (unlikely(met || chaos_on))
                bias_wanted(rw);
            return true;
        }
        met = true;
    }
    return false;
}

bool go_rwmutex_try_rlock(go_rwmutex *rw)
{
    return try_read(rw);
}

/* Or the negative errno of who gave up. */
enum outcome { ENTERED, QUEUED };

/* As G.  The CAS sees that a writer is there who will let us in (R3). */
static int queue_up(go_rwmutex *rw, int late)
{
    uint32_t s = ld_relaxed(&rw->state_);
    for (;;) {
        if (enter(rw, &s))
            return ENTERED;
        if (late)
            return late;
        if (!(s & RW_STOPPED))
            fatal("sync: too many readers of RWMutex");
        if (cas_relaxed(&rw->state_, &s, s | RW_READERS_QUEUED))
            return QUEUED;
    }
}

static void tidy_readers(go_rwmutex *rw)
{
    spin_lock_word(&rw->rq_.lock_);
    if (!rw->rq_.head_)
        __atomic_fetch_and(&rw->state_, ~RW_READERS_QUEUED, __ATOMIC_RELAXED);
    spin_unlock_word(&rw->rq_.lock_);
}

static never_inline int rlock_slow(go_rwmutex *rw, struct until u)
{
    struct sync_waiter sw = { 0 };
    int late = until_over(u);
    struct m *m = rt_enter();
    spin_lock_word(&rw->rq_.lock_);
    int r = queue_up(rw, late);
    if (r != QUEUED) {
        spin_unlock_word(&rw->rq_.lock_);
    } else {
        sync_waiter_init(&sw, m, u);
        waitq_push(&rw->rq_, &sw.w);
        r = sync_park(&m, &rw->rq_.lock_, &rw->rq_, &sw, WAIT_RWMUTEX_R, u);
        if (r)
            tidy_readers(rw);
        else
            (void)ld_acquire(&rw->state_); /* pairs with the release of who let us in */
    }
    rt_exit(m);
    return r;
}

void go_rwmutex_rlock(go_rwmutex *rw)
{
    if (unlikely(!try_read(rw)))
        (void)rlock_slow(rw, until_forever());
}

int go_rwmutex_rlock_until(go_rwmutex *rw, int64_t deadline)
{
    return likely(try_read(rw)) ? 0 : rlock_slow(rw, until_time(deadline));
}

int go_rwmutex_rlock_ctx(go_rwmutex *rw, go_context *ctx)
{
    return likely(try_read(rw)) ? 0 : rlock_slow(rw, until_context(ctx));
}

/* The last reader out, and a writer queued that nobody has woken. */
static bool hands_over(uint32_t s)
{
    return (s & RW_READERS) == RW_READER && lw_must_wake(s) && !(s & RW_BIASED);
}

/* As G, the last reader.  Becomes H by shutting the others out; acquires what
 * they released, to pass it on.  NULL: others came in, or the writers have left
 * and the bits are right again. */
static struct go_waiter_ *hand_to_writer(go_rwmutex *rw)
{
    struct lockword l = word_of(rw);
    uint32_t s = ld_acquire(&rw->state_);
    do {
        if (!hands_over(s))
            return NULL;
    } while (!cas_acquire(&rw->state_, &s, s | LW_SHUT));
    s |= LW_SHUT;
    struct go_waiter_ *w = lockword_pop(&l, &s, true);
    if (w)
        s = ((s - RW_READER) | LW_HELD) & ~LW_SHUT;
    st_release(&rw->state_, s);
    return w;
}

/* A note of a reader is somewhere, or it is counted in the word.  While the bias is ON its
 * own reader must stay in the word; if no other is there, and no note was found, only
 * counting them all tells who has left too often.  true: it has left. */
static bool leave_biased(go_rwmutex *rw, uint32_t s)
{
    while ((s & RW_BIASED) && (s & RW_READERS) > RW_READER)
        if (cas_release(&rw->state_, &s, s - RW_READER))
            return true;
    if (bias_leave_elsewhere(rw))
        return true;
    if (s & RW_BIASED)
        bias_revoke(rw);
    return false;
}

static never_inline void leave_slow(go_rwmutex *rw)
{
    uint32_t s = ld_relaxed(&rw->state_);
    for (;;) {
        if (!(s & RW_READERS))
            fatal(NOT_READ_LOCKED);
        if (s & RW_BIASED) {
            if (leave_biased(rw, s))
                return;
        } else if (!hands_over(s)) {
            if (cas_release(&rw->state_, &s, s - RW_READER))
                return;
            continue;
        } else {
            spin_lock_word(&rw->rq_.lock_);
            struct go_waiter_ *w = hand_to_writer(rw);
            spin_unlock_word(&rw->rq_.lock_);
            if (w) {
                lockword_wake(w, false);
                return;
            }
        }
        s = ld_relaxed(&rw->state_);
    }
}

/* It is counted in the word and nobody is to be woken. */
static inline bool leaves_alone(uint32_t s)
{
    return (s & RW_READERS) && !(s & RW_BIASED) && !hands_over(s);
}

void rwmutex_leave(go_rwmutex *rw)
{
    uint32_t s = ld_relaxed(&rw->state_);
    while (likely(leaves_alone(s)))
        if (cas_release(&rw->state_, &s, s - RW_READER))
            return;
    leave_slow(rw);
}

/* Misuse is found here and not only above, so that the trace begins here. */
void go_rwmutex_runlock(go_rwmutex *rw)
{
    uint32_t s = ld_relaxed(&rw->state_);
    if ((s & RW_BIASED) && bias_leave(rw))
        return;
    if (unlikely(!(s & RW_READERS)))
        fatal(NOT_READ_LOCKED);
    while (likely(leaves_alone(s)))
        if (cas_release(&rw->state_, &s, s - RW_READER))
            return;
    leave_slow(rw);
}

/* Writers */

static inline bool try_write(go_rwmutex *rw)
{
    return lockword_try(&rw->state_, LW_HELD | RW_READERS);
}

bool go_rwmutex_try_lock(go_rwmutex *rw)
{
    if (likely(try_write(rw)))
        return true;
    if (bias_of(rw) != BIAS_ON)
        return false;
    bias_revoke(rw);
    return try_write(rw);
}

/* With a bias the lock looks taken by readers, and nobody waits for them to leave. */
static never_inline int lock_slow(go_rwmutex *rw, struct until u)
{
    struct lockword l = word_of(rw);
    struct lockword_seeker me = { 0 };
    bool met = bias_of(rw) == BIAS_OFF && (ld_relaxed(&rw->state_) & RW_READERS);
    int r;
    do {
        if (bias_of(rw) == BIAS_ON)
            bias_revoke(rw);
        r = lockword_seek(&l, &me, u);
    } while (r == -EAGAIN);
    if (r == 0 && met)
        bias_earn(rw, BIAS_MET);
    return r;
}

void go_rwmutex_lock(go_rwmutex *rw)
{
    if (unlikely(!try_write(rw)))
        (void)lock_slow(rw, until_forever());
}

/* As G: let in all queued readers if nobody stops them.  To keep writers out
 * meanwhile, be a reader oneself: true, and the caller has to leave. */
static bool open_up(go_rwmutex *rw, uint32_t s, struct go_waiter_ **first)
{
    uint32_t n;
    if (!(s & RW_READERS_QUEUED) || !enter(rw, &s))
        return false;
    *first = waitq_pop_all(&rw->rq_, &n);
    __atomic_fetch_add(&rw->state_, n * RW_READER - RW_READERS_QUEUED, __ATOMIC_ACQ_REL);
    return true;
}

/* A writer gave up.  If others wait that nobody has woken, it was for it to shut
 * the readers out; if none does, readers may be queued behind it (R3). */
static never_inline void let_in(go_rwmutex *rw)
{
    struct go_waiter_ *first = NULL;
    spin_lock_word(&rw->rq_.lock_);
    uint32_t s = ld_relaxed(&rw->state_);
    while (lw_must_wake(s) && (s & RW_READERS) && !(s & LW_SHUT))
        if (cas_relaxed(&rw->state_, &s, s | LW_SHUT))
            s |= LW_SHUT;
    bool in = open_up(rw, s, &first);
    spin_unlock_word(&rw->rq_.lock_);
    if (in)
        rwmutex_leave(rw);
    wake_all(first);
}

static int lock_bounded(go_rwmutex *rw, struct until u)
{
    if (likely(try_write(rw)))
        return 0;
    int r = lock_slow(rw, u);
    if (r)
        let_in(rw);
    return r;
}

int go_rwmutex_lock_until(go_rwmutex *rw, int64_t deadline)
{
    return lock_bounded(rw, until_time(deadline));
}

int go_rwmutex_lock_ctx(go_rwmutex *rw, go_context *ctx)
{
    return lock_bounded(rw, until_context(ctx));
}

/* A writer that leaves has somebody to let in or to wake. */
static bool must_pass(uint32_t s)
{
    return (s & RW_READERS_QUEUED) || lw_must_wake(s);
}

/* As H and G: let in all queued readers, and wake one writer.  Both NULL: those
 * who waited have left; the bits are right again. */
static void pass_on(go_rwmutex *rw, struct go_waiter_ **readers, struct go_waiter_ **writer)
{
    struct lockword l = word_of(rw);
    uint32_t n = 0, s = ld_relaxed(&rw->state_);
    if (!(s & LW_HELD))
        return;
    s &= ~LW_SHUT;
    if (s & RW_READERS_QUEUED) {
        s &= ~RW_READERS_QUEUED;
        *readers = waitq_pop_all(&rw->rq_, &n);
        if (n)
            s = (s & ~LW_HELD) + n * RW_READER;
    }
    bool starving = s & LW_STARVING;
    if (n && starving)
        s |= LW_SHUT; /* the last reader hands over */
    else if (lw_must_wake(s))
        *writer = lockword_pop(&l, &s, false);
    if ((n || *writer) && !starving && bias_due(rw))
        bias_set(rw, (s & ~LW_HELD) + RW_READER);
    else
        st_release(&rw->state_, s);
}

static never_inline void unlock_slow(go_rwmutex *rw)
{
    uint32_t s = ld_relaxed(&rw->state_);
    for (;;) {
        if (!(s & LW_HELD))
            fatal(NOT_LOCKED);
        if (!must_pass(s)) {
            if (cas_release(&rw->state_, &s, s & ~(LW_HELD | LW_SHUT)))
                return;
            continue;
        }
        struct go_waiter_ *readers = NULL, *writer = NULL;
        spin_lock_word(&rw->rq_.lock_);
        pass_on(rw, &readers, &writer);
        spin_unlock_word(&rw->rq_.lock_);
        wake_all(readers);
        if (writer)
            lockword_wake(writer, writer->ok);
        if (readers || writer)
            return;
        s = ld_relaxed(&rw->state_);
    }
}

void go_rwmutex_unlock(go_rwmutex *rw)
{
    uint32_t s = ld_relaxed(&rw->state_);
    if (unlikely(!(s & LW_HELD)))
        fatal(NOT_LOCKED);
    if (unlikely(bias_earn(rw, BIAS_POINT)) && bias_resume(rw))
        return;
    while (likely((s & LW_HELD) && !must_pass(s)))
        if (cas_release(&rw->state_, &s, s & ~(LW_HELD | LW_SHUT)))
            return;
    unlock_slow(rw);
}

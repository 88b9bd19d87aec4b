/* SPDX-License-Identifier: MIT */
/* Waiting for an exclusive lock: spin, queue, starve.  The word's bits and
 * invariants are in lockword.h.
 *
 * A free lock goes to whoever comes by, also past the queue: the goroutine that
 * runs has the data in its cache, and a woken one has yet to be run.  What that
 * costs the queue is bounded by the starving mode. */
#include "sync/lockword.h"

#include "os/clock.h"
#include "sched/runq.h"

#include <errno.h>

/* A spinner looks rarely: every look takes the line from the holder, who could
 * have locked and unlocked many times meanwhile.  First soon, then later. */
enum { SPIN_LOOKS = 4, SPIN_PAUSES = 30 };

/* spin_helps - somebody else runs, who may be the holder, and this P has nothing
 * better to do.  Hints, all of them. */
static bool spin_helps(const struct m *m)
{
    uint32_t procs = ld_relaxed(&sched.nprocs);
    if (procs < 2 || (m->p && !runq_empty(m->p)))
        return false;
    uint32_t busy = procs - ld_relaxed(&sched.npidle);
    return busy > (m->p ? 1u : 0u);
}

/* Take the lock if it is free; woken is LW_WOKEN if that bit is ours. */
static bool grab(const struct lockword *l, uint32_t *s, uint32_t woken)
{
    while (!(*s & l->taken))
        if (cas_acquire(l->word, s, (*s | LW_HELD) & ~woken))
            return true;
    return false;
}

static bool spin_for(const struct lockword *l, struct m *m, uint32_t woken)
{
    uint32_t s = ld_relaxed(l->word);
    for (int look = 0; !grab(l, &s, woken); look++) {
        if (look == SPIN_LOOKS || (s & LW_STARVING) || !spin_helps(m))
            return false;
        for (int i = 0; i < SPIN_PAUSES; i++)
            cpu_relax();
        s = ld_relaxed(l->word);
    }
    return true;
}

/* Or the negative errno of who gave up. */
enum outcome { GOT, QUEUED };

/* One step as G: take a free lock, or give up when it is too late, or set the
 * bits that oblige the holder to wake us.  Each in a CAS, because the holder
 * may unlock at any time. */
static int settle(const struct lockword *l, uint32_t woken, bool starving, int late)
{
    uint32_t s = ld_relaxed(l->word), readers = l->taken & ~LW_HELD;
    uint32_t bits = LW_QUEUED | (starving ? LW_STARVING : 0);
    for (;;) {
        if (grab(l, &s, woken))
            return GOT;
        if (late) {
            if (!woken || cas_relaxed(l->word, &s, s & ~woken))
                return late;
        } else if (cas_relaxed(l->word, &s, (s & ~woken) | bits | (s & readers ? LW_SHUT : 0))) {
            return QUEUED;
        }
    }
}

/* As G.  One that was woken in vain keeps its place: the first. */
static int queue_up(const struct lockword *l, struct m *m, struct lockword_seeker *me,
                    struct until u)
{
    struct sync_waiter *sw = &me->sw;
    uint32_t woken = me->woken;
    int64_t now = clock_now();
    if (!sw->since)
        sw->since = now;
    bool starving = woken && now - sw->since > LW_STARVED_NS;
    int late = cancel_why(u.cancel);
    if (!late && now >= u.deadline)
        late = -ETIMEDOUT;
    int r = settle(l, woken, starving, late);
    if (r != QUEUED)
        return r;
    sync_waiter_init(sw, m, u);
    if (woken)
        waitq_push_front(l->q, &sw->w);
    else
        waitq_push(l->q, &sw->w);
    return r;
}

/* The bound took us out of the queue; the bits may still speak of it. */
static void tidy(const struct lockword *l)
{
    spin_lock_word(l->guard);
    if (!l->q->head_)
        __atomic_fetch_and(l->word, ~LW_OF_QUEUE, __ATOMIC_RELAXED);
    spin_unlock_word(l->guard);
}

int lockword_seek(const struct lockword *l, struct lockword_seeker *me, struct until u)
{
    int r = GOT;
    struct m *m = rt_enter();
    while (!spin_for(l, m, me->woken)) {
        spin_lock_word(l->guard);
        r = l->busy && (ld_relaxed(l->busy) & 1) ? -EAGAIN : queue_up(l, m, me, u);
        if (r != QUEUED) {
            spin_unlock_word(l->guard);
            break;
        }
        r = sync_park(&m, l->guard, l->q, &me->sw, l->why, u);
        if (r) {
            tidy(l);
            break;
        }
        if (me->sw.w.ok) {
            (void)ld_acquire(l->word); /* pairs with the store of who handed over */
            break;
        }
        me->woken = LW_WOKEN;
    }
    rt_exit(m);
    return r;
}

int lockword_lock_slow(const struct lockword *l, struct until u)
{
    struct lockword_seeker me = { 0 };
    return lockword_seek(l, &me, u);
}

struct go_waiter_ *lockword_pop(const struct lockword *l, uint32_t *s, bool hand_over)
{
    hand_over = hand_over || (*s & LW_STARVING);
    struct go_waiter_ *w = waitq_pop(l->q);
    if (!l->q->head_)
        *s &= ~LW_OF_QUEUE;
    if (!w)
        return NULL;
    w->ok = hand_over;
    if (!hand_over)
        *s = (*s & ~LW_HELD) | LW_WOKEN;
    else if ((*s & LW_STARVING) && clock_now() - sync_waiter_of(w)->since < LW_STARVED_NS)
        *s &= ~LW_STARVING;
    return w;
}

void lockword_wake(struct go_waiter_ *w, bool at_once)
{
    struct m *m = rt_enter();
    ready(m, w->g);
    if (at_once && !m->alien)
        m = yield(m);
    rt_exit(m);
}

/* SPDX-License-Identifier: MIT */
/* Turning the bias of a go_rwmutex on and off; see bias.h. */
#include "sync/bias.h"

#include "os/clock.h"
#include "os/membarrier.h"
#include "sched/chaos.h"
#include "sync/rwmutex.h"

/* A read by a note saves a locked instruction or more: SAVED_NS.  If those since the bias
 * was turned on have saved more than it took to revoke it, it comes back when the write
 * ends; and once more if they have not, for a revoking may happen to take long.  Else not
 * for CALM times as long as that took: readers that do not gain cost writers two percent.
 * What took LONG_NS was not the revoking, but the kernel that ran somebody else: USUAL_NS
 * then. */
enum { SAVED_NS = 8, CALM = 50, LONG_NS = 50000, USUAL_NS = 3000 };

/* In calm_, beside the number of notes: it has not paid yet, or not the last time. */
#define DOUBT (INT64_C(1) << 32)

/* Nobody writes or wants to. */
static bool quiet(uint32_t s)
{
    return !(s & (RW_CLOSED | LW_QUEUED | LW_WOKEN | RW_READERS_QUEUED));
}

static uint32_t count_notes(void)
{
    uint32_t n = 0;
    for (struct m *m = ld_acquire(&sched.allm); m; m = m->all_link)
        n += ld_relaxed(&m->nreading);
    return n;
}

bool bias_begin(go_rwmutex *rw)
{
    bool on = false;
    uint32_t made = count_notes();
    spin_lock_word(&rw->rq_.lock_);
    uint32_t s = ld_relaxed(&rw->state_);
    while (bias_of(rw) == BIAS_OFF && quiet(s) && !on)
        on = cas_acquire(&rw->state_, &s, (s + RW_READER) | RW_BIASED);
    if (on) {
        st_relaxed(&rw->calm_, (int64_t)made | DOUBT);
        st_release(&rw->bias_, (uint32_t)BIAS_ON); /* pairs with bias_enter */
    }
    spin_unlock_word(&rw->rq_.lock_);
    return on;
}

bool bias_due(go_rwmutex *rw)
{
    uint32_t credit = ld_relaxed(&rw->bias_);
    if (credit >= BIAS_PAID)
        return true;
    if (credit < BIAS_FULL || ld_relaxed(&sched.now_coarse) < ld_relaxed(&rw->calm_))
        return false;
    st_relaxed(&rw->bias_, (uint32_t)BIAS_PAID);
    st_relaxed(&rw->calm_, (int64_t)count_notes() | DOUBT);
    return true;
}

/* Nobody waits but one that was woken, if any: it will come, and revoke. */
static bool nobody_to_wake(uint32_t s)
{
    return (s & ~(LW_QUEUED | LW_WOKEN | LW_SHUT)) == LW_HELD && !lw_must_wake(s);
}

/* As H and G nobody else writes the word (F in lockword.h).  The guard is freed as a
 * reader, so that the lock is still there. */
never_inline bool bias_resume(go_rwmutex *rw)
{
    if (!nobody_to_wake(ld_relaxed(&rw->state_)) || !bias_due(rw))
        return false;
    spin_lock_word(&rw->rq_.lock_);
    uint32_t s = ld_relaxed(&rw->state_);
    bool alone = nobody_to_wake(s);
    if (alone)
        bias_set(rw, (s & ~(LW_HELD | LW_SHUT)) + 2 * RW_READER);
    spin_unlock_word(&rw->rq_.lock_);
    if (alone)
        rwmutex_leave(rw);
    return alone;
}

never_inline void bias_wanted(go_rwmutex *rw)
{
    if (bias_of(rw) != BIAS_OFF)
        return;
    int64_t calm = ld_relaxed(&rw->calm_);
    if (ld_relaxed(&sched.now_coarse) >= calm || (chaos_on && calm != INT64_MAX))
        bias_begin(rw);
}

bool bias_leave_elsewhere(go_rwmutex *rw)
{
    for (struct m *m = ld_acquire(&sched.allm); m; m = m->all_link)
        for (uint32_t i = 0; i < READING_NOTES; i++)
            if (bias_take(m, i, rw))
                return true;
    return false;
}

/* Take all notes out; they are readers from now on that the word has to count. */
static uint32_t collect(go_rwmutex *rw)
{
    uint32_t n = 0;
    for (struct m *m = ld_acquire(&sched.allm); m; m = m->all_link)
        for (uint32_t i = 0; i < READING_NOTES; i++)
            /* Acquire: pairs with who took the note out before us. */
            if (ld_acquire(&m->reading[i]) == rw)
                n += bias_take(m, i, rw);
    return n;
}

static bool begin_revoking(go_rwmutex *rw)
{
    spin_lock_word(&rw->rq_.lock_);
    bool ours = bias_of(rw) == BIAS_ON;
    if (ours) {
        __atomic_fetch_add(&rw->state_, BIAS_MARGIN * RW_READER, __ATOMIC_RELAXED);
        st_release(&rw->bias_, (uint32_t)BIAS_REVOKING);
    }
    spin_unlock_word(&rw->rq_.lock_);
    return ours;
}

/* All readers are counted.  The bias's own is still one of them. */
static void end_revoking(go_rwmutex *rw, int64_t now, int64_t took)
{
    uint32_t made = count_notes();
    spin_lock_word(&rw->rq_.lock_);
    if (took > LONG_NS)
        took = USUAL_NS;
    bool paid = (int64_t)(made - (uint32_t)rw->calm_) * SAVED_NS >= took;
    bool again = paid || !(rw->calm_ & DOUBT);
    st_relaxed(&rw->calm_, again ? (int64_t)made | (paid ? 0 : DOUBT) : now + CALM * took);
    __atomic_fetch_and(&rw->state_, ~RW_BIASED, __ATOMIC_RELAXED);
    st_relaxed(&rw->bias_, again ? (uint32_t)BIAS_PAID : 0);
    spin_unlock_word(&rw->rq_.lock_);
}

never_inline void bias_revoke(go_rwmutex *rw)
{
    if (!begin_revoking(rw))
        return;
    int64_t begin = clock_now();
    membarrier_all(); /* B1 */
    uint32_t n = collect(rw);
    /* Release: passes on what the readers did whose notes are gone. */
    __atomic_fetch_add(&rw->state_, (n - BIAS_MARGIN) * RW_READER, __ATOMIC_RELEASE);
    int64_t now = clock_now();
    end_revoking(rw, now, now - begin);
    rwmutex_leave(rw);
}

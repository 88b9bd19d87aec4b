/* SPDX-License-Identifier: MIT */
/* Turning the bias of a go_rwmutex on and off; see bias.h. */
#include "sync/bias.h"

#include "os/clock.h"
#include "os/membarrier.h"
#include "sched/chaos.h"
#include "sync/rwmutex.h"

/* No bias for so many times as long as it took to revoke it. */
enum { CALM_FACTOR = 50 };

/* Nobody writes or wants to. */
static bool quiet(uint32_t s)
{
    return !(s & (RW_CLOSED | LW_QUEUED | LW_WOKEN | RW_READERS_QUEUED));
}

bool bias_begin(go_rwmutex *rw)
{
    bool on = false;
    spin_lock_word(&rw->rq_.lock_);
    uint32_t s = ld_relaxed(&rw->state_);
    while (bias_of(rw) == BIAS_OFF && quiet(s) && !on)
        on = cas_acquire(&rw->state_, &s, (s + RW_READER) | RW_BIASED);
    if (on)
        st_release(&rw->bias_, (uint32_t)BIAS_ON); /* pairs with bias_enter */
    spin_unlock_word(&rw->rq_.lock_);
    return on;
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
static void end_revoking(go_rwmutex *rw, int64_t calm)
{
    spin_lock_word(&rw->rq_.lock_);
    st_relaxed(&rw->calm_, calm);
    __atomic_fetch_and(&rw->state_, ~RW_BIASED, __ATOMIC_RELAXED);
    st_relaxed(&rw->bias_, (uint32_t)BIAS_OFF);
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
    end_revoking(rw, now + CALM_FACTOR * (now - begin));
    rwmutex_leave(rw);
}

/* SPDX-License-Identifier: MIT */
#include "sched/revoke.h"

#include "os/membarrier.h"
#include "sched/alien.h"
#include "sched/chaos.h"
#include "sched/entry.h"
#include "sched/idle.h"
#include "sched/park.h"
#include "sched/runq.h"
#include "sched/switch.h"
#include "sched/world.h"

static struct spin revoking;

bool revoke_try_lock(void)
{
    return spin_try_lock(&revoking);
}

void revoke_unlock(void)
{
    spin_unlock(&revoking);
}

static void count_lost(int n)
{
    spin_lock(&sched.lock);
    st_relaxed(&sched.nlost, sched.nlost + (uint32_t)n);
    spin_unlock(&sched.lock);
}

enum revoke p_revoke(struct p **p)
{
    struct m *m = ld_acquire(&(*p)->m);
    if (!m)
        return REVOKE_IDLE;
    cas(&m->revoked, (uint32_t)R_NONE, (uint32_t)R_ASKED);
    membarrier_all(); /* E1 */
    if (ld_acquire(&m->in_rt))
        return REVOKE_INSIDE;
    /* Counted first: the M may come back at once and count itself out. */
    count_lost(1);
    struct p *held = ld_relaxed(&m->p); /* stable if the next step succeeds */
    if (!cas(&m->revoked, (uint32_t)R_ASKED, (uint32_t)R_LOST)) { /* E2 */
        count_lost(-1);
        return REVOKE_INSIDE;
    }
    st_release(&held->m, NULL); /* pairs with biased_wait_notes */
    *p = held;
    return REVOKE_TAKEN;
}

void p_ask(struct p *p)
{
    struct m *m = ld_acquire(&p->m);
    if (m)
        cas(&m->revoked, (uint32_t)R_NONE, (uint32_t)R_ASKED);
}

void m_lose(struct m *m)
{
    struct p *p = m->p;
    st_relaxed(&m->p, NULL);
    count_lost(1);
    st_release(&m->revoked, (uint32_t)R_LOST);
    hand_off(p);
}

/* m is in LOST and in the runtime again: nobody else touches its state. */
static struct m *come_back(struct m *m)
{
    spin_lock(&sched.lock);
    st_relaxed(&sched.nlost, sched.nlost - 1);
    if (m->hog) {
        m->hog = false;
        st_relaxed(&sched.nhogs, sched.nhogs - 1);
    }
    struct p *p = pidle_get();
    spin_unlock(&sched.lock);
    st_relaxed(&m->p, NULL);
    st_relaxed(&m->revoked, (uint32_t)R_NONE);
    if (p) {
        p_attach(m, p);
        return m;
    }
    st_relaxed(&m->curg->status, (uint8_t)G_RUNNABLE);
    m->after = AFTER_GLOBAL;
    return switch_to(m, m->g0);
}

/* The question was for us: sysmon found that others wait. */
struct m *rt_answer(struct m *m)
{
    struct p *p = m->p;
    if (ld_relaxed(&sched.stopping)) {
        p_stop(m);
        st_relaxed(&m->curg->status, (uint8_t)G_RUNNABLE);
        m->after = AFTER_GLOBAL;
        return switch_to(m, m->g0);
    }
    newq_share(p);
    return yield(m);
}

bool rt_enter_asked(struct m *m)
{
    if (likely(cas(&m->revoked, (uint32_t)R_ASKED, (uint32_t)R_NONE))) { /* E2 */
        st_relaxed(&m->entries, m->entries + 1);
        return true;
    }
    rt_exit(m);
    return false;
}

never_inline struct m *rt_enter_slow(struct m *m)
{
    if (ld_relaxed(&m->revoked) == R_ALIEN)
        return alien_enter(m);
    st_relaxed(&m->entries, m->entries + 1);
    if (cas(&m->revoked, (uint32_t)R_ASKED, (uint32_t)R_NONE)) /* E2 */
        return rt_answer(m);
    return come_back(m);
}

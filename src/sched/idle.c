/* SPDX-License-Identifier: MIT */
#include "sched/idle.h"

#include "os/clock.h"
#include "os/futex.h"
#include "sched/alien.h"
#include "sched/batch.h"
#include "sched/biased.h"
#include "sched/deadlock.h"
#include "sched/io.h"
#include "sched/limit.h"
#include "sched/runq.h"
#include "sched/sysmon.h"
#include "sched/thread.h"

#include <unistd.h>

enum { SANITIZER_TURN_NS = 100000000 };

struct p *pidle_get(void)
{
    struct p *p = sched.pidle;
    if (!p || ld_relaxed(&sched.stopping))
        return NULL;
    pidle_remove(p);
    return p;
}

void pidle_remove(struct p *p)
{
    struct p **at = &sched.pidle;
    while (*at != p)
        at = &(*at)->idle_link;
    *at = p->idle_link;
    p->idle = false;
    sched.busy_epoch++;
    st_relaxed(&sched.npidle, sched.npidle - 1);
    sysmon_needed(); /* I1 */
}

void pidle_put(struct p *p)
{
    assert(!p->idle);
    st_release(&p->m, NULL); /* pairs with biased_wait_notes */
    p->idle = true;
    p->idle_link = sched.pidle;
    sched.pidle = p;
    st_relaxed(&sched.npidle, sched.npidle + 1);
}

/* The poller last: somebody should go on polling. */
struct m *midle_get(void)
{
    struct m **at = &sched.midle, *m;
    if (*at && *at == sched.poller && (*at)->idle_link)
        at = &(*at)->idle_link;
    if ((m = *at)) {
        *at = m->idle_link;
        m->idle = false;
        st_relaxed(&sched.nmidle, sched.nmidle - 1);
    }
    return m;
}

static void midle_put(struct m *m)
{
    m->idle = true;
    m->idle_link = sched.midle;
    sched.midle = m;
    st_relaxed(&sched.nmidle, sched.nmidle + 1);
}

static void midle_remove(struct m *m)
{
    struct m **at = &sched.midle;
    while (*at != m)
        at = &(*at)->idle_link;
    *at = m->idle_link;
    m->idle = false;
    st_relaxed(&sched.nmidle, sched.nmidle - 1);
}

void p_attach(struct m *m, struct p *p)
{
    st_relaxed(&m->p, p);
    m->bias_tag = bias_tag_of(p);
    st_release(&p->m, m); /* pairs with the acquire of who looks at p's M */
}

void note_wake(struct m *m)
{
    st_seq(&m->note, 1u); /* pairs with m_sleep and io_sleep: next_p is seen */
    if (unlikely(ld_seq(&m->polling)))
        ld_acquire(&io_ops)->kick();
    else
        futex_wake(&m->note, 1);
}

/* The thread sanitizer holds a signal back until the thread makes a call that it
 * intercepts; one that sleeps in a bare futex would never get it. */
static void sleep_for_sanitizer(struct m *m, int64_t deadline)
{
    int64_t turn = clock_now() + SANITIZER_TURN_NS;
    futex_wait(&m->note, 0, turn < deadline ? turn : deadline);
    usleep(0);
}

void m_sleep(struct m *m, int64_t deadline)
{
    while (ld_acquire(&m->note) == 0) {
        if (unlikely(sanitizer_on))
            sleep_for_sanitizer(m, deadline);
        else
            futex_wait(&m->note, 0, deadline);
        if (deadline != INT64_MAX && clock_now() >= deadline)
            break;
    }
}

void start_m(struct p *p)
{
    spin_lock(&sched.lock);
    struct m *m = midle_get();
    if (m)
        m->next_p = p;
    spin_unlock(&sched.lock);
    if (m) {
        note_wake(m);
        return;
    }
    if (thread_new(p))
        return;
    spin_lock(&sched.lock);
    runq_drain(p);
    pidle_put(p);
    spin_unlock(&sched.lock);
}

void hand_off(struct p *p)
{
    st_release(&p->m, NULL); /* nobody revokes it from the M that it had; biased_wait_notes */
    if (!runq_empty(p) || ld_relaxed(&sched.gq_n) || ld_relaxed(&p->timers.min) != INT64_MAX ||
        limit_waiting() || io_unattended()) {
        start_m(p);
        return;
    }
    spin_lock(&sched.lock);
    pidle_put(p);
    bool more = sched.gq_n != 0;
    spin_unlock(&sched.lock);
    if (more)
        wake_for_global();
}

static void wake_one(void)
{
    spin_lock(&sched.lock);
    struct p *p = pidle_get();
    spin_unlock(&sched.lock);
    if (p)
        start_m(p);
}

void wake_idle(void)
{
    if (ld_relaxed(&sched.npidle) && ld_relaxed(&sched.nspinning) == 0)
        wake_one();
}

/* A spinning M looks at the global queue under sched.lock before it sleeps, so
 * it is enough (I3). */
void wake_for_global(void)
{
    wake_idle();
}

void ready_global(struct g *g)
{
    spin_lock(&sched.lock);
    global_push(g, g, 1);
    spin_unlock(&sched.lock);
    wake_for_global();
}

int64_t earliest_timer(void)
{
    int64_t first = INT64_MAX;
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++) {
        int64_t t = ld_relaxed(&sched.allp[i]->timers.min);
        if (t < first)
            first = t;
    }
    return first;
}

void wake_keeper(int64_t when)
{
    spin_lock(&sched.lock);
    struct p *p = when < sched.keeper_until ? pidle_get() : NULL;
    spin_unlock(&sched.lock);
    if (p)
        start_m(p); /* finds nothing, and becomes the keeper */
}

bool idle_release(struct m *m)
{
    struct p *p = m->p;
    spin_lock(&sched.lock);
    bool work = (sched.gq_n && !ld_relaxed(&sched.stopping)) ||
                (limit_waiting() && limit_stuck(1)); /* find_runnable lets one go */
    if (!work) {
        st_relaxed(&m->p, NULL);
        pidle_put(p);
    }
    spin_unlock(&sched.lock);
    return !work;
}

/* Becomes the keeper if nobody sleeps short enough (I4).  Without an idle P it
 * could do nothing about a timer.  Holds sched.lock. */
static int64_t sleep_until(struct m *m, bool useful)
{
    static struct batch batch; /* sched.lock */
    int64_t first = earliest_timer();
    m->keeper_until = INT64_MAX;
    if (!useful || first >= sched.keeper_until)
        return INT64_MAX;
    st_relaxed(&sched.keeper_until, m->keeper_until = first);
    return batch_until(&batch, first);
}

static void keeper_done(struct m *m)
{
    if (m->keeper_until != INT64_MAX && sched.keeper_until == m->keeper_until)
        st_relaxed(&sched.keeper_until, INT64_MAX);
    m->keeper_until = INT64_MAX;
    full_fence(); /* keeper_until, then every min; pairs with tell_keeper in timer.c */
}

/* m slept, and nobody gave it a P. */
static void wake_alone(struct m *m, const struct io_batch *b)
{
    midle_remove(m);
    struct p *p = b->n ? pidle_get() : NULL;
    spin_unlock(&sched.lock);
    if (p)
        p_attach(m, p);
    if (b->n)
        ld_acquire(&io_ops)->deliver(m, b);
}

/* m was given a P: what it found besides runs there too. */
static void wake_with_p(struct m *m, const struct io_batch *b)
{
    struct p *p = m->next_p;
    m->next_p = NULL;
    spin_unlock(&sched.lock);
    m_sleep(m, INT64_MAX); /* the waker may not have set the note yet */
    st_relaxed(&m->note, 0u);
    p_attach(m, p);
    if (b->n)
        ld_acquire(&io_ops)->deliver(m, b);
}

/* One stay in midle.  The batch is in this frame alone. */
static never_inline void sleep_once(struct m *m)
{
    struct io_batch b;
    bool useful = sched.npidle && !ld_relaxed(&sched.stopping);
    bool poll = useful && io_unattended();
    bool quiet = sched.npidle == sched.nprocs;
    b.n = 0;
    midle_put(m);
    if (poll)
        st_relaxed(&sched.poller, m);
    int64_t until = sleep_until(m, useful);
    spin_unlock(&sched.lock);
    if (quiet && until == INT64_MAX && !poll && deadlock_check() != INT64_MAX)
        sysmon_request(REQUEST_DEADLOCK);
    if (poll)
        io_sleep(m, &b, until);
    else
        m_sleep(m, until);
    st_relaxed(&sched.now_coarse, clock_now()); /* sysmon may have slept too */
    spin_lock(&sched.lock);
    if (poll)
        st_relaxed(&sched.poller, NULL);
    keeper_done(m);
    if (m->idle)
        wake_alone(m, &b);
    else
        wake_with_p(m, &b);
}

void idle_wait(struct m *m)
{
    if (unlikely(ld_relaxed(&sched.ended_by) == m))
        fatal("an exit handler waits, but goroutines no longer run");
    while (!m->p) {
        spin_lock(&sched.lock);
        struct p *p = NULL;
        if (sched.gq_n || earliest_timer() <= clock_now())
            p = pidle_get();
        if (p) {
            spin_unlock(&sched.lock);
            p_attach(m, p);
            return;
        }
        sleep_once(m); /* frees sched.lock */
    }
}

void ready_without_m(struct g *g)
{
    if (g->alien) {
        alien_ready(g);
        return;
    }
    st_relaxed(&g->status, (uint8_t)G_RUNNABLE);
    ready_global(g);
}

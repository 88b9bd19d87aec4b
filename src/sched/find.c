/* SPDX-License-Identifier: MIT */
/* Looking for work when the P has none: the global queue, others' rings,
 * others' timers; and the loop that every M runs on its own stack. */
#include "os/clock.h"
#include "sched/chaos.h"
#include "sched/deadlock.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/io.h"
#include "sched/limit.h"
#include "sched/runq.h"
#include "sched/switch.h"
#include "sched/sysmon.h"
#include "sched/thread.h"
#include "sched/world.h"
#include "timer/heap.h"

#include "base/rand.h"

/* How long an M looks for work before it sleeps, and how many goroutines make a
 * ring worth stealing from though it moves on quickly.  Below that the owner
 * has run them before a thief has their stacks in its cache. */
enum { SPIN_NS = 20000, STEAL_LEN = 16, RELAX_ROUNDS = 16 };

static bool worth_stealing(struct p *v)
{
    uint32_t n = ring_len(v);
    return n >= STEAL_LEN || (n > 0 && ld_relaxed(&v->aged));
}

static struct g *steal_once(struct m *m, struct p *p)
{
    uint32_t n = ld_relaxed(&sched.nprocs), start = rand_below(&m->rand, n);
    for (uint32_t i = 0; i < n; i++) {
        struct p *v = sched.allp[(start + i) % n];
        if (v == p || !(worth_stealing(v) || (chaos_on && ring_len(v))))
            continue;
        struct g *g = ring_steal(p, v);
        if (g) {
            st_relaxed(&v->aged, false);
            return g;
        }
    }
    return NULL;
}

/* Ours, and those of Ps that do not look after them themselves. */
static bool run_due_timers(struct m *m, int64_t now)
{
    bool ran = false;
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++)
        if (ld_relaxed(&sched.allp[i]->timers.min) <= now)
            ran |= timers_run(m, sched.allp[i], now);
    return ran;
}

static struct g *spin(struct m *m, struct p *p)
{
    int64_t begin = clock_now(), now = begin;
    struct g *g = NULL;
    while (!g && now - begin < SPIN_NS && !ld_relaxed(&sched.stopping)) {
        if (run_due_timers(m, now) && (g = pick_local(p)))
            break;
        if ((g = steal_once(m, p)) || (g = global_pop(p)))
            break;
        for (int i = 0; i < RELAX_ROUNDS; i++)
            cpu_relax();
        now = clock_now();
    }
    return g;
}

/* At most half as many Ms look as others are busy: alone, there is nobody to take from,
 * and what comes from outside wakes us.  Nobody does while descriptors are waited for and
 * there is no poller: to become it finds what there is, and costs less than looking on. */
static struct g *steal(struct m *m, struct p *p)
{
    uint32_t busy = ld_relaxed(&sched.nprocs) - ld_relaxed(&sched.npidle) - 1;
    if (2 * ld_relaxed(&sched.nspinning) >= busy || io_unattended())
        return steal_once(m, p);
    add_relaxed(&sched.nspinning, 1);
    struct g *g = spin(m, p);
    sub_seq(&sched.nspinning, 1);
    if (g && ld_relaxed(&sched.gq_n))
        wake_idle(); /* who filled it may have relied on us (I3) */
    return g;
}

static struct g *find_runnable(struct m *m)
{
    for (;;) {
        if (!m->p)
            idle_wait(m);
        struct p *p = m->p;
        struct g *g = NULL;
        if (ld_relaxed(&sched.stopping)) {
            p_stop(m);
            continue;
        }
        run_due_timers(m, clock_now());
        if ((g = pick_local(p)) || (g = global_pop(p)) || (g = limit_unblock(m)) ||
            (g = steal(m, p)))
            return g;
        if (runq_empty(p))
            idle_release(m);
    }
}

static void count_locked_waiting(int n)
{
    spin_lock(&sched.lock);
    st_relaxed(&sched.nlocked_waiting, sched.nlocked_waiting + (uint32_t)n);
    spin_unlock(&sched.lock);
}

/* m is kept for its goroutine, which waits: pass the P on, sleep until somebody
 * who found the goroutine runnable passes us one. */
static struct g *wait_for_locked(struct m *m)
{
    struct p *p = m->p;
    st_relaxed(&m->p, NULL);
    count_locked_waiting(1); /* first: hand_off may want a thread in our place */
    if (p)
        hand_off(p);
    if (deadlock_check() != INT64_MAX)
        sysmon_request(REQUEST_DEADLOCK);
    m_sleep(m, INT64_MAX);
    count_locked_waiting(-1);
    st_relaxed(&m->note, 0u);
    p_attach(m, m->next_p);
    m->next_p = NULL;
    return m->locked_g;
}

/* The goroutine that was locked to main's thread has ended.  That thread cannot
 * end before the program does; it sleeps for good, so that nobody ever finds what
 * the goroutine left on it. */
static void sleep_for_good(struct m *m)
{
    struct p *p = m->p;
    st_relaxed(&m->p, NULL);
    count_locked_waiting(1);
    if (p)
        hand_off(p);
    if (deadlock_check() != INT64_MAX)
        sysmon_request(REQUEST_DEADLOCK);
    for (;;)
        m_sleep(m, INT64_MAX);
}

static void give_to_locked(struct m *m, struct g *g)
{
    struct m *to = g->locked_m;
    to->next_p = m->p;
    st_relaxed(&m->p, NULL);
    note_wake(to);
}

void schedule_loop(struct m *m)
{
    for (;;) {
        if (m->exiting && m->is_main)
            sleep_for_good(m);
        if (m->exiting) {
            thread_leave(m);
            return;
        }
        struct g *g = m->found_locked;
        m->found_locked = NULL;
        if (!g)
            g = m->locked_g ? wait_for_locked(m) : find_runnable(m);
        if (g->locked_m && g->locked_m != m) {
            give_to_locked(m, g);
            continue;
        }
        st_relaxed(&m->p->tick, m->p->tick + 1); /* a dispatch: its slice begins */
        m = switch_to(m, g);
    }
}

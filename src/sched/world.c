/* SPDX-License-Identifier: MIT */
#include "sched/world.h"

#include "base/pause.h"
#include "base/alloc.h"
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/io.h"
#include "sched/revoke.h"
#include "sched/runq.h"

#include <errno.h>
#include <string.h>
#include <time.h>

enum { WAIT_NS = 20000 };

static void pause_a_little(void)
{
    pause_ns(WAIT_NS);
}

void p_stop(struct m *m)
{
    struct p *p = m->p;
    st_relaxed(&m->p, NULL);
    spin_lock(&sched.lock);
    pidle_put(p);
    spin_unlock(&sched.lock);
}

static bool all_stopped(uint32_t own)
{
    spin_lock(&sched.lock);
    bool yes = sched.npidle + own == sched.nprocs;
    spin_unlock(&sched.lock);
    return yes;
}

/* Revoke lock held.  own is the caller's P, or NULL. */
static void stop_all_but(struct p *own)
{
    st_seq(&sched.stopping, 1u);
    while (!all_stopped(own ? 1 : 0)) {
        for (uint32_t i = 0; i < sched.nprocs; i++) {
            struct p *p = sched.allp[i];
            if (p == own || p_revoke(&p) != REVOKE_TAKEN)
                continue;
            spin_lock(&sched.lock);
            pidle_put(p);
            spin_unlock(&sched.lock);
        }
        if (!all_stopped(own ? 1 : 0))
            pause_a_little();
    }
}

/* Takes p off the idle list if it has something to do. */
static bool take_if_busy(struct p *p)
{
    spin_lock(&sched.lock);
    bool take = p->idle && (!runq_empty(p) || ld_relaxed(&p->timers.min) != INT64_MAX);
    if (take)
        pidle_remove(p);
    spin_unlock(&sched.lock);
    return take;
}

/* Each P once: one for which no thread can be had goes back to the idle list with
 * its timers. */
static void start_all(void)
{
    st_seq(&sched.stopping, 0u);
    for (uint32_t i = 0; i < sched.nprocs; i++)
        if (take_if_busy(sched.allp[i]))
            start_m(sched.allp[i]);
    if (ld_relaxed(&sched.gq_n))
        wake_for_global();
    if (io_unattended())
        io_attend(); /* I5: who slept, or began to wait, meanwhile had no P to give */
    revoke_unlock();
}

struct m *world_stop(struct m *m)
{
    while (!revoke_try_lock()) {
        rt_exit(m); /* who holds it may want our P */
        pause_a_little();
        m = rt_enter();
    }
    stop_all_but(m->p);
    return m;
}

struct m *world_start(struct m *m)
{
    start_all();
    return m;
}

void world_stop_from_sysmon(void)
{
    while (!revoke_try_lock())
        pause_a_little();
    stop_all_but(NULL);
}

void world_start_from_sysmon(void)
{
    start_all();
}

void world_end(void)
{
    struct m *m = world_stop(rt_enter());
    st_relaxed(&sched.ended_by, m);
    rt_exit(m);
}

static struct p *p_new(uint32_t index)
{
    struct p *p = NULL;
    if (fault(FAIL_MALLOC) || posix_memalign((void **)&p, CACHE_LINE, sizeof *p) != 0)
        return NULL;
    memset(p, 0, sizeof *p);
    p->index = index;
    p->timers.min = INT64_MAX;
    return p;
}

/* Ps beyond the new number keep their timers, which others run. */
static void retire(struct p *p)
{
    runq_drain(p);
    p->idle = false;
}

int world_resize(struct m *m, uint32_t n)
{
    if (n > MAX_PROCS)
        n = MAX_PROCS;
    while (sched.nallp < n) {
        struct p *p = p_new(sched.nallp);
        if (!p)
            return -ENOMEM;
        sched.allp[sched.nallp] = p;
        st_release(&sched.nallp, sched.nallp + 1);
    }
    spin_lock(&sched.lock);
    sched.pidle = NULL;
    st_relaxed(&sched.npidle, 0u);
    for (uint32_t i = n; i < sched.nallp; i++)
        retire(sched.allp[i]);
    if (m && m->p && m->p->index >= n) {
        st_release(&m->p->m, NULL); /* pairs with biased_wait_notes */
        p_attach(m, sched.allp[0]);
    }
    for (uint32_t i = 0; i < n; i++) {
        sched.allp[i]->idle = false;
        if (!m || sched.allp[i] != m->p)
            pidle_put(sched.allp[i]);
    }
    st_relaxed(&sched.nprocs, n);
    spin_unlock(&sched.lock);
    for (uint32_t i = n; i < sched.nallp; i++)
        g_cache_flush(sched.allp[i], 0);
    return 0;
}

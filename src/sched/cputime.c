/* SPDX-License-Identifier: MIT */
#include "sched/cputime.h"

#include "base/options.h"
#include "os/clock.h"
#include "os/usage.h"
#include "sched/entry.h"
#include "sched/switch.h"

#include <goroutine/debug.h>

/* Reading the thread's clock takes 380 ns where reading the other takes 21 and the
 * CPU's own counter 9, so that it is at most a fiftieth of the time. */
enum { WINDOW_NS = 20000 };

/* Odd while it is on; grows with each change.  What an M noted in another epoch
 * is void. */
static uint32_t epoch; /* atomic */

static bool counts(uint32_t e)
{
    return e & 1;
}

static void begin(struct m *m, uint32_t e, int64_t now)
{
    m->cpu_mark = m->cpu_read = now;
    st_relaxed(&m->cpu_charged, usage_cpu_self());
    st_relaxed(&m->cpu_epoch, e);
}

void cputime_init(void)
{
    if (options.cputime) {
        switch_hook(HOOK_CPUTIME, true);
        st_relaxed(&epoch, 1u);
    }
}

void cputime_thread(struct m *m)
{
    uint32_t e = ld_relaxed(&epoch);
    if (counts(e))
        begin(m, e, clock_now());
}

static void add(struct m *m, struct g *g, int64_t d)
{
    st_relaxed(&m->cpu_charged, m->cpu_charged + d);
    st_relaxed(&g->cpu, g->cpu + d);
}

/* exact: the window ends here. */
static void charge(struct m *m, struct g *g, uint32_t e, bool exact)
{
    int64_t now = clock_now(), d;
    if (unlikely(m->cpu_epoch != e)) {
        begin(m, e, now);
        return;
    }
    if (exact || now - m->cpu_read >= WINDOW_NS) {
        m->cpu_read = now;
        d = usage_cpu_self() - m->cpu_charged;
    } else {
        d = now - m->cpu_mark;
    }
    m->cpu_mark = now;
    if (d > 0) /* U1: else it is ahead */
        add(m, g, d);
}

void cputime_leave(struct m *m, struct g *from)
{
    uint32_t e = ld_relaxed(&epoch);
    if (counts(e))
        charge(m, from, e, false);
    if (m->after == AFTER_FREE)
        st_relaxed(&from->cpu, 0); /* its record is for another goroutine now */
}

bool cputime_on(void)
{
    return counts(ld_relaxed(&epoch));
}

int64_t cputime_self(struct m *m)
{
    uint32_t e = ld_relaxed(&epoch);
    if (m->alien)
        return 0;
    if (counts(e))
        charge(m, m->curg, e, true);
    return m->curg->cpu;
}

/* What m's thread has used since it was last charged, or 0 if g left it meanwhile. */
static int64_t running(const struct m *m, const struct g *g, int64_t total)
{
    int64_t charged = ld_relaxed(&m->cpu_charged), now = usage_cpu(m->tid);
    bool same = ld_relaxed(&m->curg) == g && ld_relaxed(&m->cpu_epoch) == ld_relaxed(&epoch) &&
                ld_relaxed(&m->cpu_charged) == charged && ld_relaxed(&g->cpu) == total;
    return same && now > charged ? now - charged : 0;
}

int64_t cputime_of(const struct g *g)
{
    int64_t total = ld_relaxed(&g->cpu);
    if (g->alien)
        return 0;
    if (ld_relaxed(&g->status) != G_RUNNING || !cputime_on())
        return total;
    for (const struct m *m = ld_acquire(&sched.allm); m; m = m->all_link)
        if (ld_relaxed(&m->curg) == g)
            return total + running(m, g, total);
    return total;
}

bool go_cpu_time_enable(bool on)
{
    struct m *m = rt_enter();
    uint32_t e = ld_relaxed(&epoch);
    /* The hook stays for good: totals are cleared where goroutines end. */
    if (on)
        switch_hook(HOOK_CPUTIME, true);
    bool changed = false;
    while (counts(e) != on && !changed)
        changed =
            __atomic_compare_exchange_n(&epoch, &e, e + 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
    if (changed && !m->alien)
        cputime_thread(m);
    rt_exit(m);
    return changed ? !on : on;
}

int64_t go_cpu_time(void)
{
    struct m *m = rt_enter();
    int64_t t = m->alien ? usage_cpu_self() : cputime_self(m);
    rt_exit(m);
    return t;
}

/* SPDX-License-Identifier: MIT */
#include "sched/limit.h"

#include "base/options.h"
#include "os/clock.h"
#include "sched/alien.h"
#include "sched/entry.h"
#include "sched/idle.h"
#include "sched/io.h"
#include "sched/park.h"
#include "sched/switch.h"
#include "sched/world.h"

#include <goroutine/go.h>

#define PATIENCE_NS INT64_C(100000000)

/* On the stack of who waits; the queue's lock. */
struct waiter {
    struct waiter *next;
    struct g *g;
    int64_t since;
};

int64_t limit_n;
uint32_t limit_waiters;

static struct {
    struct spin lock;
    int64_t taken;                 /* lock; L3.  Stale while there is no limit */
    int64_t granted;               /* lock; places given whose goroutine is not counted yet */
    struct waiter *first, **after; /* lock */
} limit;

void limit_init(void)
{
    limit.after = &limit.first;
    st_relaxed(&limit_n, options.max_goroutines);
    switch_hook(HOOK_LIMIT, limit_n != 0);
}

static int64_t count_live(void)
{
    int64_t n = ld_relaxed(&sched.live_elsewhere);
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++)
        n += ld_relaxed(&sched.allp[i]->live);
    return n;
}

static bool full(void)
{
    return limit_n != 0 && limit.taken >= limit_n;
}

/* --- One place ---------------------------------------------------------------- */

/* The first in the queue, now with a place; lock held.  Its record is valid until it
 * is readied. */
static struct waiter *let_go(void)
{
    struct waiter *w = limit.first;
    limit.first = w->next;
    if (!limit.first)
        limit.after = &limit.first;
    st_relaxed(&limit_waiters, limit_waiters - 1);
    limit.taken++;
    limit.granted++;
    return w;
}

/* An alien keeps its grant until limit_foreign: it is not bound to stop with the
 * world between here and there.  lock held. */
static void came_back(struct m *m)
{
    if (m->alien)
        m->counted = true;
    else
        limit.granted--;
}

struct m *limit_admit(struct m *m, enum limit_mode mode)
{
    struct waiter w = { .g = m->curg };
    spin_lock(&limit.lock);
    if (!full() || mode == LIMIT_FORCE) {
        limit.taken++;
        limit.granted++;
    } else if (mode == LIMIT_TRY) {
        spin_unlock(&limit.lock);
        return NULL;
    } else {
        w.since = clock_now();
        *limit.after = &w;
        limit.after = &w.next;
        st_relaxed(&limit_waiters, limit_waiters + 1);
        m = park(m, &limit.lock.word, WAIT_LIMIT);
        spin_lock(&limit.lock);
    }
    came_back(m);
    spin_unlock(&limit.lock);
    return m;
}

/* A place is free; lock held, and released here. */
static void pass_on(struct m *m)
{
    struct waiter *w = NULL;
    limit.taken--;
    if (limit.first && !full())
        w = let_go();
    spin_unlock(&limit.lock);
    if (w)
        ready(m, w->g);
}

void limit_unspent(struct m *m)
{
    spin_lock(&limit.lock);
    if (m->alien && !m->counted) { /* there was no limit when it began */
        spin_unlock(&limit.lock);
        return;
    }
    if (m->alien)
        limit.granted--;
    m->counted = false;
    pass_on(m);
}

void limit_foreign(struct m *m)
{
    spin_lock(&limit.lock);
    add_relaxed(&sched.live_elsewhere, 1);
    if (m->counted)
        limit.granted--;
    else
        limit.taken++;
    m->counted = false;
    spin_unlock(&limit.lock);
}

void limit_ended(struct m *m)
{
    spin_lock(&limit.lock);
    pass_on(m);
}

/* --- Beyond the limit ----------------------------------------------------------- */

static bool foreign_asleep(void)
{
    uint32_t all, parked;
    alien_counts(&all, &parked);
    return parked >= all;
}

bool limit_stuck(uint32_t busy)
{
    return sched.npidle + busy == sched.nprocs && sched.nlost == 0 && sched.gq_n == 0 &&
           !ld_relaxed(&sched.stopping) && earliest_timer() == INT64_MAX && !io_wanted() &&
           foreign_asleep();
}

static bool stuck_now(uint32_t busy)
{
    spin_lock(&sched.lock);
    bool yes = limit_stuck(busy);
    spin_unlock(&sched.lock);
    return yes;
}

struct g *limit_unblock(struct m *m)
{
    struct g *g = NULL;
    if (!limit_waiting() || !stuck_now(1))
        return NULL;
    spin_lock(&limit.lock);
    if (limit.first)
        g = let_go()->g;
    spin_unlock(&limit.lock);
    if (g && g->alien) {
        ready(m, g);
        return NULL;
    }
    if (g)
        st_relaxed(&g->status, (uint8_t)G_RUNNABLE);
    return g;
}

bool limit_look(int64_t now)
{
    bool stuck = limit_waiting() && stuck_now(0), acted = false;
    while (limit_waiting()) {
        struct waiter *w = NULL;
        spin_lock(&limit.lock);
        if (limit.first && (stuck || now - limit.first->since >= PATIENCE_NS))
            w = let_go();
        spin_unlock(&limit.lock);
        if (!w)
            break;
        ready_without_m(w->g);
        stuck = false; /* it runs now */
        acted = true;
    }
    return acted;
}

/* --- Setting it ------------------------------------------------------------------ */

/* The first limit needs a count of who lives, which is one only while nobody spawns or
 * ends: with the world stopped.  False if it is not and should be. */
static bool change(int64_t n, bool stopped, int64_t *old, struct waiter **freed)
{
    struct waiter **after = freed;
    spin_lock(&limit.lock);
    *old = limit_n;
    if (*old == 0 && n > 0) {
        if (!stopped) {
            spin_unlock(&limit.lock);
            return false;
        }
        limit.taken = count_live() + limit.granted;
    }
    st_relaxed(&limit_n, n);
    switch_hook(HOOK_LIMIT, n != 0);
    for (*freed = NULL; limit.first && !full(); after = &(*after)->next)
        *after = let_go();
    *after = NULL;
    spin_unlock(&limit.lock);
    return true;
}

int64_t go_set_limit(int64_t n)
{
    struct waiter *freed = NULL, *next;
    struct m *m = rt_enter();
    int64_t old = ld_relaxed(&limit_n);
    for (bool done = n < 0; !done;) {
        bool stop = n > 0 && !limit_on();
        if (stop)
            m = world_stop(m);
        done = change(n, stop, &old, &freed);
        if (stop)
            m = world_start(m);
    }
    for (; freed; freed = next) {
        next = freed->next;
        ready(m, freed->g);
    }
    rt_exit(m);
    return old;
}

/* --- Verify ---------------------------------------------------------------------- */

void limit_verify(void)
{
    uint32_t n = 0;
    spin_lock(&limit.lock);
    for (struct waiter *w = limit.first; w; w = w->next)
        n++;
    ensure(n == limit_waiters);                                          /* L2 */
    ensure(limit.granted >= 0 && (n == 0 || full()));                    /* L1 */
    ensure(limit_n == 0 || limit.taken == count_live() + limit.granted); /* L3 */
    spin_unlock(&limit.lock);
}

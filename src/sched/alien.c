/* SPDX-License-Identifier: MIT */
#include "sched/alien.h"

#include "base/alloc.h"
#include "os/futex.h"
#include "sched/biased.h"
#include "sched/deadlock.h"
#include "sched/g.h"
#include "sched/init.h"
#include "sched/local.h"
#include "sched/revoke.h"
#include "sched/self.h"
#include "sched/thread.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct alien {
    struct m m;
    struct g g;
    struct alien *next; /* imm once published in aliens */
};

static struct alien *aliens; /* aliens_lock for push, release/acquire for walks */
static struct spin aliens_lock;
static uint32_t wakes; /* atomic: counts alien_ready */
static pthread_key_t alien_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void alien_end(void *arg)
{
    struct alien *a = arg;
    a->g.defers = NULL; /* of frames that pthread_exit has left */
    a->g.leaving = NULL;
    locals_destroy(&a->g);
    go_tls_m_ = &m_none;
    fiber_destroy(&a->g.fiber);
    spin_lock(&aliens_lock);
    st_relaxed(&a->g.status, (uint8_t)G_DEAD);
    st_release(&a->m.alien_gone, true);
    spin_unlock(&aliens_lock);
    deadlock_recheck();
}

static void start_once(void)
{
    pthread_key_create(&alien_key, alien_end);
    runtime_start();
}

static struct alien *alien_take(void)
{
    struct alien *a;
    spin_lock(&aliens_lock);
    for (a = aliens; a; a = a->next)
        if (a->m.alien_gone) {
            st_relaxed(&a->m.alien_gone, false);
            break;
        }
    spin_unlock(&aliens_lock);
    if (a)
        return a;
    if (fault(FAIL_MALLOC) || posix_memalign((void **)&a, CACHE_LINE, sizeof *a) != 0)
        fatal("out of memory");
    memset(a, 0, sizeof *a);
    return a;
}

static struct m *alien_attach(void)
{
    struct alien *a = alien_take();
    bool fresh = !a->m.alien;
    a->g.alien = true;
    a->g.id = goid_take(NULL);
    a->g.locals = NULL;
    a->g.name = NULL;
    st_release(&a->g.status, (uint8_t)G_RUNNING); /* pairs with dump.c */
    a->m.alien = true;
    a->m.revoked = R_ALIEN;
    a->m.in_rt = 1;
    a->m.curg = a->m.g0 = &a->g;
    a->m.keeper_until = INT64_MAX;
    a->m.bias_tag = BIAS_NOBODY;
    thread_note_self(&a->m);
    pthread_setspecific(alien_key, a);
    if (fresh) {
        spin_lock(&aliens_lock);
        a->next = aliens;
        st_release(&aliens, a);
        spin_unlock(&aliens_lock);
    }
    return &a->m;
}

/* An M for the running thread, which has none. */
static struct m *attach_self(void)
{
    pthread_once(&once, start_once);
    if (getpid() != (pid_t)syscall(SYS_gettid) || ld_acquire(&sched.main_g))
        return alien_attach();
    return thread_adopt_main();
}

struct m *alien_enter(struct m *m)
{
    if (unlikely(ld_relaxed(&runtime_forked)))
        fatal("libgoroutine used after fork: the child may only exec or exit");
    if (m != &m_none)
        return m;
    int saved = *__errno_location(); /* attaching is no business of the caller */
    m = attach_self();
    *__errno_location() = saved;
    return m->alien ? m : first_p(m);
}

struct m *alien_park(struct m *m, uint32_t *lock, enum wait_reason why)
{
    struct g *g = m->curg;
    st_relaxed(&g->reason, (uint8_t)why);
    st_relaxed(&g->since, ld_relaxed(&sched.now_coarse));
    st_relaxed(&g->status, (uint8_t)G_WAITING);
    st_seq(&m->alien_parked, true);
    if (lock)
        spin_unlock_word(lock);
    deadlock_recheck();
    while (ld_acquire(&g->alien_wake) == 0) /* pairs with alien_ready */
        futex_wait(&g->alien_wake, 0, INT64_MAX);
    /* In this order: never parked and unwoken while it runs (alien_counts). */
    st_seq(&m->alien_parked, false);
    st_seq(&g->alien_wake, 0u);
    st_relaxed(&g->status, (uint8_t)G_RUNNING);
    return m;
}

void alien_ready(struct g *g)
{
    add_seq(&wakes, 1u);
    st_release(&g->alien_wake, 1u);
    futex_wake(&g->alien_wake, 1);
}

uint32_t alien_wakes(void)
{
    return ld_seq(&wakes);
}

void alien_yield(void)
{
    sched_yield();
}

void alien_each(void (*visit)(struct g *g, void *arg), void *arg)
{
    for (struct alien *a = ld_acquire(&aliens); a; a = a->next)
        if (!ld_acquire(&a->m.alien_gone))
            visit(&a->g, arg);
}

void alien_counts(uint32_t *all, uint32_t *parked)
{
    *all = *parked = 0;
    for (struct alien *a = ld_acquire(&aliens); a; a = a->next) {
        if (ld_acquire(&a->m.alien_gone))
            continue;
        ++*all;
        if (ld_seq(&a->g.alien_wake) == 0 && ld_seq(&a->m.alien_parked))
            ++*parked;
    }
}

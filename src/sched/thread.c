/* SPDX-License-Identifier: MIT */
#include "sched/thread.h"

#include "base/alloc.h"
#include "os/task.h"
#include "sched/biased.h"
#include "sched/cputime.h"
#include "sched/deadlock.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/self.h"
#include "sched/switch.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TIMER_SLACK_NS = 1000 };

void (*thread_hook)(struct m *m);

/* Signals are the program's business: our threads have the mask with which the
 * runtime was started, not what a goroutine set for itself.  [imm] */
static sigset_t initial_mask;

void thread_init(void)
{
    pthread_sigmask(SIG_SETMASK, NULL, &initial_mask);
}

/* C++ exception state; NULL unless a C++ runtime is in the program. */
__attribute__((weak)) void *__cxa_get_globals(void);

void thread_note_self(struct m *m)
{
    m->errno_p = __errno_location();
    m->eh_p = __cxa_get_globals ? __cxa_get_globals() : NULL;
    st_relaxed(&m->tid, (int32_t)syscall(SYS_gettid));
    m->rand = (uint64_t)m->tid * UINT64_C(0x9E3779B97F4A7C15) ^ options.chaos;
    if (m->rand == 0)
        m->rand = 1;
    prctl(PR_SET_TIMERSLACK, TIMER_SLACK_NS, 0, 0, 0);
    go_tls_m_ = m;
}

/* The bounds of the running thread's own stack. */
static void own_stack(struct g *g)
{
    pthread_attr_t attr;
    void *lo = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attr) == 0) {
        pthread_attr_getstack(&attr, &lo, &size);
        pthread_attr_destroy(&attr);
    }
    g->stack_lo = lo;
    g->stack_hi = (char *)lo + size;
}

/* A fresh record is published once; what a revoker reads of it is valid ever
 * after. */
static struct m *m_fresh(void)
{
    struct m *m = NULL;
    if (fault(FAIL_MALLOC) || posix_memalign((void **)&m, CACHE_LINE, sizeof *m) != 0)
        return NULL;
    *m = (struct m){ .in_rt = 1, .keeper_until = INT64_MAX, .bias_tag = BIAS_NOBODY };
    spin_lock(&sched.lock);
    m->id = sched.mid_next++;
    m->all_link = sched.allm;
    st_release(&sched.allm, m);
    spin_unlock(&sched.lock);
    return m;
}

/* Records of threads that have ended are used again, never freed: a revoker may
 * still be looking at one.  So in_rt stays 1, and revoked what it is, and only
 * the fields that a thread leaves behind are cleared. */
static struct m *m_new(void)
{
    spin_lock(&sched.lock);
    struct m *m = sched.mfree;
    if (m)
        sched.mfree = m->idle_link;
    spin_unlock(&sched.lock);
    if (!m)
        return m_fresh();
    m->exiting = m->hog = false;
    m->locked_g = m->found_locked = NULL;
    m->after_lock = NULL;
    m->after = AFTER_NOTHING;
    st_relaxed(&m->note, 0u);
    st_relaxed(&m->unanswered, 0u);
    return m;
}

static void m_gone(struct m *m)
{
    spin_lock(&sched.lock);
    st_relaxed(&sched.nm, sched.nm - 1);
    if (m) {
        m->idle_link = sched.mfree;
        sched.mfree = m;
    }
    spin_unlock(&sched.lock);
}

static void *thread_main(void *arg)
{
    struct m *m = arg;
    struct g g0 = { .is_g0 = true, .status = G_RUNNING };
    thread_note_self(m);
    pthread_sigmask(SIG_SETMASK, &initial_mask, NULL);
    prctl(PR_SET_NAME, "go-m", 0, 0, 0);
    fiber_adopt(&g0.fiber);
    own_stack(&g0);
    st_relaxed(&m->g0, &g0);
    st_relaxed(&m->curg, &g0);
    cputime_thread(m);
    if (thread_hook)
        thread_hook(m);
    p_attach(m, m->next_p);
    m->next_p = NULL;
    schedule_loop(m);
    st_relaxed(&m->curg, NULL);
    go_tls_m_ = &m_none;
    m_gone(m);
    deadlock_recheck();
    return NULL;
}

static void limit_reached(void)
{
    static int said;
    warn_once(&said,
              "%u threads are blocked or computing, the limit; goroutines wait for them "
              "(GO_DEBUG=maxthreads=N raises it)",
              options.max_threads);
}

static bool thread_count_in(void)
{
    spin_lock(&sched.lock);
    bool ok = sched.nm - sched.nlocked_waiting < options.max_threads;
    if (ok)
        st_relaxed(&sched.nm, sched.nm + 1);
    spin_unlock(&sched.lock);
    if (!ok)
        limit_reached();
    return ok;
}

bool thread_new(struct p *p)
{
    static int said;
    int saved = *__errno_location();
    if (!thread_count_in())
        return false;
    struct m *m = m_new();
    int err = ENOMEM;
    if (m) {
        m->next_p = p;
        err = fault(FAIL_THREAD) ? EAGAIN : task_start(thread_main, m);
    }
    if (err) {
        m_gone(m);
        warn_once(&said, "cannot make a thread (error %d); goroutines wait for those that exist",
                  err);
    }
    *__errno_location() = saved;
    return err == 0;
}

bool thread_spare(void)
{
    uint32_t n = ld_relaxed(&sched.nm) - ld_relaxed(&sched.nlocked_waiting);
    bool spare = ld_relaxed(&sched.nmidle) || n < options.max_threads;
    if (!spare)
        limit_reached();
    return spare;
}

struct m *thread_adopt_main(void)
{
    struct m *m = m_new();
    struct g *g0 = g_get(NULL, 0);
    struct g *g = rt_calloc(1, sizeof *g);
    if (!m || !g0 || !g)
        fatal("out of memory");
    g0->is_g0 = true;
    g0->status = G_RUNNING;
    context_init(&g0->ctx, (char *)g0);
    st_relaxed(&m->g0, g0);
    st_relaxed(&m->curg, g);
    m->is_main = true;
    g->status = G_RUNNING;
    g->id = MAIN_ID;
    fiber_adopt(&g->fiber);
    own_stack(g);
    g->ctx.sp = __builtin_frame_address(0); /* somewhere, until its first switch */
    thread_note_self(m);
    spin_lock(&sched.lock);
    st_relaxed(&sched.nm, sched.nm + 1);
    spin_unlock(&sched.lock);
    cputime_thread(m);
    if (thread_hook)
        thread_hook(m);
    st_release(&sched.main_g, g); /* pairs with all_g and alien_enter */
    return m;
}

void thread_leave(struct m *m)
{
    struct p *p = m->p;
    st_relaxed(&m->p, NULL);
    if (p)
        hand_off(p);
}

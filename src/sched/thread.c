/* SPDX-License-Identifier: MIT */
#include "sched/thread.h"

#include "base/alloc.h"
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

/* The scheduler, and what a goroutine locked to the thread calls, do not run on
 * it: goroutines have their own stacks. */
enum { THREAD_STACK = 256 * 1024, TIMER_SLACK_NS = 1000 };

void (*thread_hook)(struct m *m);

/* Signals are the program's business: our threads have the mask with which the
 * runtime was started, not what a goroutine set for itself.  [imm] */
static sigset_t initial_mask;

/* C++ exception state; NULL unless a C++ runtime is in the program. */
__attribute__((weak)) void *__cxa_get_globals(void);

void thread_note_self(struct m *m)
{
    m->errno_p = __errno_location();
    m->eh_p = __cxa_get_globals ? __cxa_get_globals() : NULL;
    m->tid = (int32_t)syscall(SYS_gettid);
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

/* Records of threads that have ended are used again, never freed: a revoker may
 * still be looking at one. */
static struct m *m_new(void)
{
    spin_lock(&sched.lock);
    struct m *m = sched.mfree;
    if (m)
        sched.mfree = m->idle_link;
    uint32_t id = sched.mid_next++;
    spin_unlock(&sched.lock);
    bool fresh = !m;
    if (fresh && (fault(FAIL_MALLOC) || posix_memalign((void **)&m, CACHE_LINE, sizeof *m) != 0))
        return NULL;
    struct m *next = fresh ? NULL : m->all_link;
    *m = (struct m){.in_rt = 1, .keeper_until = INT64_MAX, .id = id, .all_link = next};
    if (fresh) {
        spin_lock(&sched.lock);
        m->all_link = sched.allm;
        st_release(&sched.allm, m);
        spin_unlock(&sched.lock);
    }
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
    struct g g0 = {.is_g0 = true, .status = G_RUNNING};
    thread_note_self(m);
    pthread_sigmask(SIG_SETMASK, &initial_mask, NULL);
    prctl(PR_SET_NAME, "go-m", 0, 0, 0);
    fiber_adopt(&g0.fiber);
    own_stack(&g0);
    m->g0 = &g0;
    m->curg = &g0;
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

static int thread_start(struct m *m)
{
    pthread_attr_t attr;
    pthread_t t;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, THREAD_STACK);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    int err = fault(FAIL_THREAD) ? EAGAIN : pthread_create(&t, &attr, thread_main, m);
    pthread_attr_destroy(&attr);
    return err;
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
    bool ok = sched.nm < options.max_threads;
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
        err = thread_start(m);
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
    bool spare = ld_relaxed(&sched.nmidle) || ld_relaxed(&sched.nm) < options.max_threads;
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
        return NULL;
    g0->is_g0 = true;
    g0->status = G_RUNNING;
    context_init(&g0->ctx, (char *)g0);
    m->g0 = g0;
    m->curg = g;
    m->is_main = true;
    g->status = G_RUNNING;
    g->id = MAIN_ID;
    fiber_adopt(&g->fiber);
    own_stack(g);
    pthread_sigmask(SIG_SETMASK, NULL, &initial_mask);
    thread_note_self(m);
    st_relaxed(&sched.nm, sched.nm + 1);
    if (thread_hook)
        thread_hook(m);
    st_release(&sched.main_g, g); /* pairs with all_g and alien_enter */
    return m;
}

bool thread_may_end(struct m *m)
{
    struct p *p = m->p;
    if (m->is_main) {
        m->exiting = false;
        return false;
    }
    st_relaxed(&m->p, NULL);
    if (p)
        hand_off(p);
    return true;
}

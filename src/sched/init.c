/* SPDX-License-Identifier: MIT */
#include "sched/init.h"

#include "base/fatal.h"
#include "base/options.h"
#include "os/clock.h"
#include "os/cpus.h"
#include "os/membarrier.h"
#include "sched/cputime.h"
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/limit.h"
#include "sched/packer.h"
#include "sched/runq.h"
#include "sched/switch.h"
#include "sched/sysmon.h"
#include "sched/thread.h"
#include "sched/world.h"
#include "stack/stack.h"

#include <pthread.h>
#include <stdlib.h>

uint32_t runtime_forked;
void (*start_hook)(void);
void (*exit_hook)(void);

/* In the child nobody but the caller exists: every P, lock and M is a ghost. */
static void after_fork_child(void)
{
    st_relaxed(&runtime_forked, 1u);
    go_tls_m_ = &m_none;
}

/* main has returned, or exit was called: no other goroutine runs while the
 * program's exit handlers do. */
static void at_exit(void)
{
    fatal_wait();
    if (ld_relaxed(&runtime_forked))
        return;
    if (exit_hook)
        exit_hook();
    world_end();
}

void runtime_start(void)
{
    options_read();
    thread_init();
    stack_init(options.stack);
    sanitize_init();
    switch_hook(HOOK_SANITIZER, sanitizer_on);
    limit_init();
    cputime_init();
    sched.keeper_until = INT64_MAX;
    sched.goid_next = MAIN_ID;
    st_relaxed(&sched.now_coarse, clock_now());
    int n = options.maxprocs ? options.maxprocs : cpus_default();
    if (world_resize(NULL, (uint32_t)n) != 0)
        fatal("out of memory");
    if (!membarrier_init())
        fatal("libgoroutine needs the membarrier system call (Linux 4.14 or newer)");
    if (start_hook)
        start_hook();
    pthread_atfork(NULL, NULL, after_fork_child);
    atexit(at_exit);
    if (!sysmon_start())
        fatal("cannot make a thread");
    packer_start();
}

struct m *first_p(struct m *m)
{
    spin_lock(&sched.lock);
    struct p *p = pidle_get();
    spin_unlock(&sched.lock);
    limit_foreign(m);
    if (p) {
        p_attach(m, p);
        return m;
    }
    st_relaxed(&m->curg->status, (uint8_t)G_RUNNABLE);
    m->after = AFTER_GLOBAL;
    return switch_to(m, m->g0);
}

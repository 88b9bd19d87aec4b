/* SPDX-License-Identifier: MIT */
#include "sched/deadlock.h"

#include "os/clock.h"
#include "os/task.h"
#include "sched/alien.h"
#include "sched/idle.h"
#include "sched/io.h"
#include "sched/limit.h"
#include "sched/sysmon.h"

/* How often to look again while an unknown thread may act. */
#define RECHECK_NS INT64_C(200000000)

__attribute__((weak)) void *__tsan_get_current_fiber(void);

static uint32_t bystander; /* [atomic] */

void deadlock_bystander(bool idle)
{
    st_seq(&bystander, idle ? 1u : 0u);
}

static uint32_t services; /* [atomic] */

void deadlock_service(int n)
{
    add_seq(&services, (uint32_t)n);
}

static bool quiet(uint32_t *ours, uint64_t *epoch)
{
    spin_lock(&sched.lock);
    bool yes = sched.npidle == sched.nprocs && sched.nlost == 0 && sched.gq_n == 0 &&
               !ld_relaxed(&sched.stopping) && earliest_timer() == INT64_MAX && !limit_waiting() &&
               !io_wanted() && sched.nmidle + sched.nlocked_waiting == sched.nm;
    *ours = sched.nm;
    *epoch = sched.busy_epoch;
    spin_unlock(&sched.lock);
    return yes;
}

static bool any_goroutine(void)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++)
        n += ld_relaxed(&sched.allp[i]->live);
    return n + ld_relaxed(&sched.live_elsewhere) > 0;
}

int64_t deadlock_check(void)
{
    uint32_t ours, aliens, parked, wakes = alien_wakes();
    uint64_t before, after;
    full_fence(); /* pairs with the st_seq of alien_parked before deadlock_recheck */
    if (!ld_acquire(&sched.main_g) || !quiet(&ours, &before))
        return INT64_MAX;
    alien_counts(&aliens, &parked);
    if (parked < aliens)
        return INT64_MAX; /* its parking or its end calls us */
    int known = (int)(ours + aliens + ld_seq(&bystander) + ld_seq(&services)) + 1; /* sysmon */
    if (__tsan_get_current_fiber)
        known++; /* the sanitizer's own thread */
    int threads = task_count();
    if (threads < 0)
        return INT64_MAX;
    if (threads > known)
        return clock_now() + RECHECK_NS;
    /* The looks above were not one instant.  But no P has run since the first, and
     * no foreign thread was woken: what was seen asleep still is. */
    if (!quiet(&ours, &after) || after != before)
        return INT64_MAX;
    if (alien_wakes() != wakes)
        return clock_now() + RECHECK_NS;
    if (ld_relaxed(&sched.main_g->status) == G_DEAD && !any_goroutine())
        fatal("no goroutines (main called runtime.Goexit) - deadlock!");
    fatal_all("all goroutines are asleep - deadlock!");
}

void deadlock_recheck(void)
{
    if (ld_relaxed(&sched.npidle) == ld_relaxed(&sched.nprocs))
        sysmon_request(REQUEST_DEADLOCK);
}

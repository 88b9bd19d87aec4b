/* SPDX-License-Identifier: MIT */
#include "sched/packer.h"

#include "base/options.h"
#include "base/pause.h"
#include "os/clock.h"
#include "os/futex.h"
#include "os/task.h"
#include "sched/chaos.h"
#include "sched/deadlock.h"
#include "sched/g.h"
#include "sched/world.h"
#include "stack/pack.h"

#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>

/* While goroutines run, the thread packs for one part of the time and sleeps for SHARE. */
enum { SHARE = 4, PAUSE_MAX_NS = 100000000 };

/* What the kernel leaves alone below a stack pointer. */
enum { RED_ZONE = 128 };

static uint32_t note;   /* futex: 1 = there may be something to do */
static uint32_t asleep; /* atomic: the thread waits for the note */

struct batch {
    struct stack_slot slot[PACK_BATCH];
    int n;
};

static struct g *g_of(const struct stack_slot *s)
{
    return g_at(stack_slot_top(s));
}

/* Without a lock: it may run on while we look.  Whether it could be packed now, or will
 * be once it has waited long enough. */
static bool waits(const struct stack_slot *s, int64_t now, bool *long_enough)
{
    struct g *g = g_of(s);
    if (ld_relaxed(&g->status) != G_WAITING)
        return false;
    *long_enough = now - ld_relaxed(&g->since) >= options.pack;
    return true;
}

/* The world is stopped: who is WAITING has its context saved, and its record is at the
 * same distance from the end of the copy.  Whoever makes it runnable meanwhile has done
 * so before the copy was taken, or does it to the stack that comes back. */
static bool keeps(const struct stack_slot *s, const char *copy_end, char **from, char **to)
{
    struct g *g = g_of(s);
    const struct g *copy = (const void *)(copy_end - (s->end - (char *)g));
    char *sp = copy->ctx.sp;
    if (copy->status != G_WAITING || sp <= s->lo + RED_ZONE || sp > (char *)g)
        return false;
    *from = (char *)((uintptr_t)(sp - RED_ZONE) & ~(uintptr_t)7);
    *to = (char *)(g + 1);
    return true;
}

static int pack(const struct batch *b)
{
    world_stop_from_sysmon();
    pack_freeze(b->slot, b->n, keeps);
    world_start_from_sysmon();
    return pack_shelve();
}

/* From *at on; false: these were the last.  *young: somebody waits, not for long yet. */
static bool gather(struct stack_slot *at, struct batch *b, bool *young)
{
    int64_t now = clock_now();
    b->n = 0;
    while (b->n < PACK_BATCH) {
        bool old = false;
        if (!stack_slot_next(at))
            return false;
        if (pack_is_packed(at) || !waits(at, now, &old))
            continue;
        if (!old)
            *young = true;
        else if (pack_watch(at))
            b->slot[b->n++] = *at;
    }
    return true;
}

static bool world_runs(void)
{
    return ld_relaxed(&sched.npidle) != ld_relaxed(&sched.nprocs);
}

/* Once through all stacks; true: look again when those that are young have aged. */
static bool pass(void)
{
    struct stack_slot at = { 0 };
    struct batch b;
    bool more = true, young = false;
    int packed = 0;
    while (more && !ld_relaxed(&sched.ended_by)) {
        int64_t begin = clock_now();
        more = gather(&at, &b, &young);
        if (b.n)
            packed += pack(&b);
        int64_t pause = SHARE * (clock_now() - begin);
        if (more && world_runs())
            pause_ns(pause < PAUSE_MAX_NS ? (long)pause : PAUSE_MAX_NS);
    }
    if (packed)
        deadlock_recheck(); /* it does not look while the world is stopped */
    return young;
}

static void *packer_main(void *arg)
{
    sigset_t mask;
    (void)arg;
    sigfillset(&mask);
    sigdelset(&mask, SIGSEGV);
    sigdelset(&mask, SIGBUS);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    prctl(PR_SET_NAME, "go-pack", 0, 0, 0);
    for (bool again = false;;) {
        if (!again) {
            st_seq(&asleep, 1u); /* pairs with packer_poke */
            while (ld_seq(&note) == 0)
                futex_wait(&note, 0, INT64_MAX);
            st_relaxed(&asleep, 0u);
        }
        st_seq(&note, 0u);
        int64_t until = clock_now() + options.pack;
        for (uint32_t never = 0; clock_now() < until;)
            futex_wait(&never, 0, until);
        again = pass();
    }
    return NULL;
}

void packer_poke(void)
{
    if (ld_seq(&asleep) && xchg_seq(&note, 1u) == 0) /* pairs with packer_main */
        futex_wake(&note, 1);
}

/* The search for leaks takes what lies on a shelf for memory of the program, and does not
 * see the pages that are away. */
void packer_start(void)
{
    if (!options.pack || options.leaks || sanitizer_on || stack_watched || !pack_start()) {
        options.pack = 0;
        return;
    }
    deadlock_service(PACK_THREADS + 1);
    if (task_start(packer_main, NULL) != 0)
        deadlock_service(-1);
}

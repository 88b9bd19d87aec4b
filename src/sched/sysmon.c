/* SPDX-License-Identifier: MIT */
#include "sched/sysmon.h"

#include "os/clock.h"
#include "os/futex.h"
#include "os/task.h"
#include "sched/chaos.h"
#include "sched/deadlock.h"
#include "sched/idle.h"
#include "sched/io.h"
#include "sched/limit.h"
#include "sched/packer.h"
#include "sched/revoke.h"
#include "sched/runq.h"
#include "sched/thread.h"
#include "stack/stack.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* FAST..SLOW: the period, doubled after CALM ticks without a find.  A tick costs a
 * switch of threads, some 20 us where a hypervisor is in between; so they are few.  BUSY:
 * the least period while no P is idle: what can be found then has milliseconds.  DOUBT:
 * how long a P may stand still before its thread's state is asked for, which costs as much
 * again; and twice as long again whenever that thread was found not to sleep.  PRIVATE: how
 * long work that only the owner can reach waits while another P is idle.
 * CHASE: how long, after a storm was seen (take_blocked), sysmon does not sleep but looks on,
 * and CHASE_DOUBT what DOUBT is then.
 * FAIR: how long a P may go on with runnext and newq while its ring waits.
 * SLICE: how long a goroutine may compute while others wait and no P is idle;
 * longer when many already compute without a P, so that threads stay few. */
enum {
    FAST_NS = 20000,
    BUSY_NS = 200000,
    DOUBT_NS = 35000,
    CHASE_NS = 100000,
    CHASE_DOUBT_NS = 2000,
    CHASE_PAUSES = 16,
    SLOW_NS = 1000000,
    POKE_NS = 100000,
    PRIVATE_NS = 40000,
    SLICE_NS = 5000000,
    FAIR_NS = 1000000,
    CALM = 16,
    TRIM_NS = 1000000000,
    RARE_NS = 4000000,
    PATIENCE_MOST = 4,
};

void (*sysmon_dump)(void);
void (*sysmon_signals)(void);
int64_t (*sysmon_observe)(int64_t now);

int32_t sysmon_tid;

static uint32_t note;     /* futex: 1 = look again now */
static uint32_t requests; /* atomic bits of enum sysmon_request */

struct monitor {
    int64_t period, next_trim, next_deadlock;
    int64_t next_observe; /* INT64_MAX: nobody observes */
    int64_t next_recheck; /* of descriptors that wait; INT64_MAX: none need it */
    int64_t chase_until;  /* before this it does not sleep */
    int64_t deep_since;   /* 0: it did not sleep for good */
    uint32_t calm;
    uint32_t quiet;      /* ticks in a row that found all Ps idle, and still idle */
    uint32_t patience;   /* so many of them before it sleeps for good */
    uint64_t busy_epoch; /* at the last tick */
    bool trimmed;
    bool hot; /* the look before has found something: ask at once */
};

static void wake(void)
{
    st_seq(&note, 1u);
    futex_wake(&note, 1);
}

void sysmon_needed(void)
{
    if (ld_relaxed(&sched.sysmon_deep)) {
        st_relaxed(&sched.sysmon_deep, 0u);
        wake();
    }
}

never_inline void sysmon_poke(void)
{
    if (xchg_seq(&sched.sysmon_slow, 0u))
        wake();
}

void sysmon_request(enum sysmon_request r)
{
    __atomic_fetch_or(&requests, (uint32_t)r, __ATOMIC_SEQ_CST);
    wake();
}

static void take_computing(struct p *p)
{
    struct m *m = ld_acquire(&p->m);
    if (p_revoke(&p) != REVOKE_TAKEN)
        return;
    spin_lock(&sched.lock);
    if (ld_relaxed(&m->revoked) == R_LOST) { /* not back yet */
        m->hog = true;
        st_relaxed(&sched.nhogs, sched.nhogs + 1);
    }
    spin_unlock(&sched.lock);
    hand_off(p);
}

/* True if the first goroutine that p ran since it was taken last has blocked again: a
 * storm, in which the next will most likely do the same. */
static bool take_blocked(struct p *p)
{
    if (p_revoke(&p) != REVOKE_TAKEN)
        return false;
    bool again = ld_relaxed(&p->tick) - p->taken_tick == 1;
    p->taken_tick = ld_relaxed(&p->tick);
    if (again && ld_relaxed(&sched.npidle)) {
        newq_share(p); /* thieves can help now */
        st_relaxed(&p->aged, true);
    }
    hand_off(p);
    if (again)
        wake_idle();
    return again;
}

/* The goroutine on p has been there since the last look.  Others wait. */
static bool look_at_stuck(struct monitor *s, struct p *p, int64_t now)
{
    struct m *m = ld_acquire(&p->m);
    bool private = ld_relaxed(&p->runnext) || ld_relaxed(&p->newq_n);
    bool spare_p = ld_relaxed(&sched.npidle) != 0;
    int64_t stuck = now - p->seen_when;
    if (!m)
        return false;
    if (spare_p && !private && ld_relaxed(&p->timers.min) > now)
        return false; /* thieves and the idle reach whatever waits */
    if (ld_relaxed(&m->in_rt)) {
        /* Nothing blocks there and nothing can be taken: the kernel runs somebody
         * else on its CPU.  Only ask. */
        if (stuck >= (spare_p && private ? PRIVATE_NS : SLICE_NS))
            p_ask(p);
        return false;
    }
    if (stuck < p->doubt && !s->hot)
        return false;
    bool blocked = task_sleeps(m->tid);
    if (!blocked && p->doubt < SLOW_NS)
        p->doubt *= 2;
    int64_t limit = SLICE_NS * (1 + ld_relaxed(&sched.nhogs) / ld_relaxed(&sched.nprocs));
    if (blocked)
        limit = 0;
    else if (spare_p && private)
        limit = PRIVATE_NS;
    if (stuck < limit)
        return blocked;
    if (!thread_spare())
        return false;
    if (!blocked)
        take_computing(p);
    else if (take_blocked(p))
        s->chase_until = clock_now() + CHASE_NS;
    return true;
}

static bool look_at(struct monitor *s, struct p *p, int64_t now, bool waiting)
{
    bool acted = false, spare_p = ld_relaxed(&sched.npidle) != 0;
    uint32_t tick = ld_relaxed(&p->tick), head = ld_relaxed(&p->head);
    uint32_t epoch = ld_relaxed(&p->newq_epoch);
    bool moved = tick != p->seen_tick;
    bool ring_aged = ring_len(p) && head == p->seen_head;
    bool newq_aged = ld_relaxed(&p->newq_n) && epoch == p->seen_epoch;
    if (!(ring_aged || newq_aged) || ld_relaxed(&p->fair)) {
        p->aged_since = now;
    } else if (now - p->aged_since >= FAIR_NS) {
        st_relaxed(&p->fair, true);
        p->aged_since = now;
    }
    p->seen_tick = tick;
    p->seen_head = head;
    p->seen_epoch = epoch;
    if (moved) {
        p->seen_when = now;
        p->doubt = now < s->chase_until ? CHASE_DOUBT_NS : DOUBT_NS;
    }
    if (ring_aged && spare_p) {
        st_relaxed(&p->aged, true);
        wake_idle();
        acted = ld_relaxed(&sched.npidle) != 0; /* more can be woken */
    }
    if (newq_aged && spare_p) {
        p_ask(p);
        acted = true;
    }
    if (!moved && waiting)
        acted |= look_at_stuck(s, p, now);
    return acted;
}

static bool look(struct monitor *s, int64_t now)
{
    bool due = earliest_timer() <= now, waiting = due || ld_relaxed(&sched.gq_n), acted = false;
    for (uint32_t i = 0; i < sched.nprocs && !waiting; i++)
        waiting = !runq_empty(sched.allp[i]);
    for (uint32_t i = 0; i < sched.nprocs; i++)
        if (ld_relaxed(&sched.allp[i]->m))
            acted |= look_at(s, sched.allp[i], now, waiting);
    if ((due || ld_relaxed(&sched.gq_n)) && ld_relaxed(&sched.npidle) && thread_spare()) {
        wake_idle();
        acted = true;
    }
    return acted;
}

static void make_chaos(void)
{
    struct p *p = sched.allp[chaos_below(sched.nprocs)];
    if (!ld_relaxed(&p->m) || !thread_spare())
        return;
    if (chaos_below(4) == 0)
        take_blocked(p);
    else
        p_ask(p);
}

static void trim(struct monitor *s, int64_t now)
{
    if (now < s->next_trim)
        return;
    s->trimmed = stack_trim() > 0;
    s->next_trim = now + TRIM_NS;
}

static void serve(struct monitor *s, int64_t now)
{
    uint32_t r = __atomic_exchange_n(&requests, 0u, __ATOMIC_SEQ_CST);
    if ((r & REQUEST_DUMP) && sysmon_dump)
        sysmon_dump();
    if (r & REQUEST_SIGNALS)
        ld_relaxed (&sysmon_signals)();
    if ((r & REQUEST_DEADLOCK) || now >= s->next_deadlock)
        s->next_deadlock = deadlock_check();
}

static void observe(struct monitor *s, int64_t now)
{
    int64_t (*look_long)(int64_t) = ld_acquire(&sysmon_observe);
    if (!look_long)
        s->next_observe = INT64_MAX;
    else if (s->next_observe == INT64_MAX || now >= s->next_observe)
        s->next_observe = look_long(now);
}

static void adapt(struct monitor *s, bool acted)
{
    if (acted || chaos_on) {
        s->period = FAST_NS;
        s->calm = 0;
    } else if (++s->calm >= CALM && s->period < SLOW_NS) {
        s->period *= 2;
        if (s->period > SLOW_NS)
            s->period = SLOW_NS;
    }
}

/* When to look again, and who may wake us before. */
static int64_t plan(struct monitor *s, int64_t now)
{
    int64_t until = now + s->period, timer = earliest_timer();
    spin_lock(&sched.lock);
    bool quiet = sched.npidle == sched.nprocs && sched.gq_n == 0;
    bool still = sched.busy_epoch == s->busy_epoch || s->patience == 0;
    s->busy_epoch = sched.busy_epoch;
    s->quiet = quiet && still && !io_unattended() ? s->quiet + 1 : 0; /* I5 */
    s->deep_since = s->quiet > s->patience ? now : 0;
    if (s->deep_since) {
        st_relaxed(&sched.sysmon_deep, 1u);
        until = s->trimmed ? s->next_trim : INT64_MAX;
        if (s->next_deadlock < until)
            until = s->next_deadlock;
        if (s->next_recheck < until)
            until = s->next_recheck;
        /* A P that became idle through hand_off left no keeper (I4). */
        if (timer < until && timer < sched.keeper_until)
            until = timer;
    } else if (quiet) {
        until = now + SLOW_NS;
    } else {
        int64_t soonest = now + (sched.npidle || s->calm == 0 ? FAST_NS : BUSY_NS);
        if (timer < until)
            until = timer;
        if (until < soonest)
            until = soonest;
        if (s->period >= POKE_NS && sched.npidle)
            st_seq(&sched.sysmon_slow, 1u);
    }
    if (limit_waiting() && until > now + SLOW_NS)
        until = now + SLOW_NS;
    if (until > s->next_observe && (!quiet || sched.nlost))
        until = s->next_observe;
    spin_unlock(&sched.lock);
    return until;
}

/* Between two looks of a chase.  The thread that was started may be waiting for this very
 * CPU; the lines that a look reads are left to their owners for a while. */
static void chase(void)
{
    sched_yield();
    for (int i = 0; i < CHASE_PAUSES; i++)
        cpu_relax();
}

/* Each sleep for good costs whoever ends it a futex call.  What works for moments, often,
 * would pay that each time: then stay awake for some ticks more. */
static void learn_patience(struct monitor *s, int64_t now)
{
    if (!s->deep_since)
        return;
    if (now - s->deep_since >= RARE_NS)
        s->patience = 0;
    else if (s->patience < PATIENCE_MOST)
        s->patience++;
}

static void *sysmon_main(void *arg)
{
    struct monitor s = { .period = FAST_NS, .next_deadlock = INT64_MAX, .next_observe = INT64_MAX };
    sigset_t mask;
    (void)arg;
    /* The program's handlers run on the program's threads. */
    sigfillset(&mask);
    sigdelset(&mask, SIGSEGV);
    sigdelset(&mask, SIGBUS);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    prctl(PR_SET_NAME, "go-sysmon", 0, 0, 0);
    st_relaxed(&sysmon_tid, (int32_t)syscall(SYS_gettid));
    prctl(PR_SET_TIMERSLACK, 1000, 0, 0, 0);
    s.next_trim = clock_now() + TRIM_NS;
    for (;;) {
        int64_t now = clock_now();
        st_relaxed(&sched.now_coarse, now);
        serve(&s, now);
        bool acted = false;
        if (revoke_try_lock()) {
            s.hot = s.calm == 0 && now >= s.chase_until;
            acted = look(&s, now);
            acted |= limit_look(now);
            io_sysmon(now);
            if (chaos_on)
                make_chaos();
            revoke_unlock();
        }
        observe(&s, now);
        s.next_recheck = io_recheck(now);
        trim(&s, now);
        adapt(&s, acted);
        if (now < s.chase_until) {
            chase();
            continue;
        }
        int64_t until = plan(&s, now);
        packer_poke();
        if (xchg_seq(&note, 0u) == 0)
            futex_wait(&note, 0, until);
        if (xchg_seq(&note, 0u)) {
            s.period = FAST_NS;
            s.calm = 0;
            learn_patience(&s, clock_now());
        }
        st_relaxed(&sched.sysmon_slow, 0u);
        st_relaxed(&sched.sysmon_deep, 0u);
    }
    return NULL;
}

bool sysmon_start(void)
{
    return task_start(sysmon_main, NULL) == 0;
}

/* SPDX-License-Identifier: MIT */
/* G, M, P: the types of the scheduler, their states, who owns which field.
 *
 * As in Go: a G is a goroutine, an M a thread, a P the right to run goroutines.
 * An M runs goroutines while it has a P.  Besides:
 *
 *  - a G may run on an M that has lost its P (it blocked, or computed for long;
 *    see sched/entry.h).  It goes on as a plain OS thread until it next enters
 *    the runtime.
 *  - a thread that is not ours has an M and a G of its own ("alien"), never a P.
 *
 * Owner rules used below:
 *   [owner]  the M that runs the G, or the M that holds the P; handed over
 *            through a lock, or through the entry protocol
 *   [imm]    immutable after init
 *   [lock]   sched.lock
 *   [atomic] written by several; the order stands where it is used
 *   [peek]   written by the owner with relaxed stores; others may read a stale
 *            value, and use it only as a hint
 *
 * States of a G:
 *
 *   DEAD --spawn--> RUNNABLE --dispatch--> RUNNING --park--> WAITING
 *     ^                ^                    |   |               |
 *     |                +-------yield--------+   |               |
 *     +----------------------exit---------------+               |
 *                      ^-------------------ready----------------+
 *
 * status is a description for dumps and verify; it is never what decides who
 * may wake a goroutine.  That right belongs to whoever dequeued (and claimed)
 * its waiter record, and exists once.
 */
#ifndef SCHED_TYPES_H
#define SCHED_TYPES_H

#include "arch/sanitize.h"
#include "arch/context.h"
#include "base/atomic.h"
#include "base/fatal.h"
#include "base/spin.h"
#include "sched/panic.h"

#include <goroutine/base.h>
#include <stddef.h>
#include <stdint.h>

struct g;
struct m;
struct p;
struct timer;
struct go_rwmutex;

enum g_status { G_DEAD, G_RUNNABLE, G_RUNNING, G_WAITING };

/* Why a goroutine waits; the texts in a dump are Go's (wait_reason_text). */
enum wait_reason {
    WAIT_NONE,
    WAIT_CHAN_RECV,
    WAIT_CHAN_RECV_NIL,
    WAIT_CHAN_SEND,
    WAIT_CHAN_SEND_NIL,
    WAIT_SELECT,
    WAIT_SELECT_EMPTY,
    WAIT_SLEEP,
    WAIT_MUTEX,
    WAIT_RWMUTEX_R,
    WAIT_RWMUTEX_W,
    WAIT_WAITGROUP,
    WAIT_COND,
    WAIT_ONCE,
    WAIT_SEMA,
    WAIT_LIMIT, /* a spawner, at the limit on goroutines */
    WAIT_JOIN,
    WAIT_IO,
    WAIT_REASONS
};

const char *wait_reason_text(enum wait_reason r);

/* One value of a goroutine-local variable; see sched/local.c. */
struct local_slot;
/* A deferred call; a go_exit or panic that is on its way: sched/defer.h. */
struct go_defer_;
struct leaving;

struct g {
    struct context ctx; /* saved while not running */
    struct g *link;     /* next in the one list that holds it; that list's owner */

    int32_t saved_errno;  /* [owner] while not running */
    uint8_t status;       /* [peek] enum g_status */
    uint8_t reason;       /* [peek] enum wait_reason, while WAITING */
    bool alien;           /* [imm] a thread that is not ours; ctx unused */
    bool is_g0;           /* [imm] the scheduler's own context on an M */
    uint32_t alien_wake;  /* [atomic] alien: futex word, 1 = readied */
    uint16_t stack_class; /* [imm] size class, see stack/stack.h */
    bool select_ok;       /* [owner] what go_selected_ok() returns */
    struct m *locked_m;   /* [owner] go_lock_thread: the only M that may run it */
    uint32_t lock_count;  /* [owner] nesting of go_lock_thread */

    uint64_t id;               /* [imm] from spawn to exit */
    uint64_t parent_id;        /* [imm] */
    void *created_pc;          /* [imm] return address of the call to go */
    const void *fn;            /* [imm] what it runs, for its name */
    void (*entry)(void *);     /* [imm] called with args */
    void *args;                /* [imm] on its own stack */
    int64_t since;             /* [peek] coarse time of the last park */
    uint32_t *wait_lock;       /* [owner] while WAITING: the lock given to park; tells debug
                                  what it waits for */
    char *stack_lo;            /* [imm] lowest usable byte */
    char *stack_hi;            /* [imm] one past the highest */
    struct local_slot *locals; /* [owner] */
    struct go_defer_ *defers;  /* [owner] newest first */
    struct leaving *leaving;   /* [owner] newest first */
    void *eh[2];               /* [owner] C++ exception globals while not running */
    struct fiber fiber;        /* [owner] what the sanitizers know of it */
    int64_t cpu;               /* [peek] CPU time in ns; sched/cputime.h */
    const char *name;          /* [peek] points to name_buf, or NULL */
    char name_buf[24];         /* [owner] */
};

/* What the incoming side does for the goroutine that just stopped. */
enum after {
    AFTER_NOTHING,
    AFTER_YIELD,  /* prev to the tail of our ring */
    AFTER_GLOBAL, /* prev to the global queue */
    AFTER_FREE,   /* prev has exited: recycle it */
};

/* States of m->revoked; the machine is drawn in sched/entry.h. */
enum revoked { R_NONE, R_ASKED, R_LOST, R_ALIEN };

enum { READING_NOTES = 4, HELD_NOTES = 6 };

struct m {
    /* The entry protocol; sched/entry.h.  Own line: sysmon reads it. */
    uint32_t in_rt;   /* [peek] by the revoker, made safe by membarrier */
    uint32_t revoked; /* [atomic] enum revoked */
    struct g *curg;   /* [peek] the goroutine that runs here, or g0 */
    struct p *p;      /* [owner] while in the runtime with revoked != R_LOST */

    /* Left by the outgoing goroutine for the incoming one.  [owner] */
    struct g *prev;
    uint32_t *after_lock; /* released first, if not NULL */
    uint32_t after;       /* enum after */

    int *errno_p;  /* [imm] this thread's errno */
    void **eh_p;   /* [imm] this thread's C++ exception globals, or NULL */
    struct g *g0;  /* [imm] scheduler context; alien: its only G */
    uint64_t rand; /* [owner] */

    /* The biased locks that are held here; sched/biased.h.  A line of the owner's. */
    uint32_t *held[HELD_NOTES] cache_aligned; /* [atomic] written by the owner alone */
    uint32_t bias_tag;                        /* [owner] of the P it has had last, or BIAS_NOBODY */
    int32_t bias_wait;                        /* [owner] locks until one is looked at */

    /* The locks that are read here; sync/bias.h.  [atomic] written by the owner, taken
     * out by anybody. */
    struct go_rwmutex *reading[READING_NOTES] cache_aligned;
    uint32_t nreading; /* [peek] how many of them the owner ever wrote */

    uint32_t note cache_aligned; /* [atomic] futex: sleeps at 0, 1 = woken */
    uint32_t id;                 /* [imm] */
    int32_t tid;                 /* [peek] kernel's thread id */
    bool idle;                   /* [lock] in sched.midle */
    bool alien;                  /* [imm] */
    bool is_main;                /* [imm] on the thread that runs main */
    bool alien_parked;           /* [atomic] alien waits inside the library */
    bool alien_gone;             /* [aliens_lock] the thread has ended; reusable */
    bool exiting;                /* [owner] */
    bool polling;                /* [atomic] about to sleep, or asleep, in the poller */
    struct p *next_p;            /* [lock] handed over with the wake-up */
    struct g *locked_g;          /* [owner] go_lock_thread */
    struct g *found_locked;      /* [owner] dequeued, but only its own M may run it */
    int64_t keeper_until;        /* [lock] end of its timed sleep */
    struct m *idle_link;         /* [lock] in midle or mfree */
    struct m *all_link;          /* [imm] */
    bool hog;                    /* [lock] lost its P by computing; in nhogs */
    bool counted;                /* [owner] alien: its new goroutine is in limit.granted */

    /* CPU time of what runs here; sched/cputime.h. */
    int64_t cpu_mark;    /* [owner] wall clock at the last charge */
    int64_t cpu_read;    /* [owner] wall clock when the thread's was read */
    int64_t cpu_charged; /* [peek] of the thread's clock */
    uint32_t cpu_epoch;  /* [peek] the three are void in another */

    /* Long runs; debug/longrun.c. */
    uint32_t entries;    /* [peek] times the runtime was entered by the slow path */
    uint32_t unanswered; /* [atomic] signals sent to the thread and not handled yet */
    struct long_watch {  /* sysmon's alone */
        struct g *g;     /* computes, or NULL; compared, never followed */
        uint32_t entries, setting;
        int64_t cpu_begin, cpu_last, sleeps, next;
    } watch;
};

#define RUNQ_SIZE 256
#define NEWQ_SIZE 64

/* A place in a heap.  when is the timer's own: to compare two, neither is touched. */
struct timer_slot {
    int64_t when;
    struct timer *t;
};

struct timers {
    struct spin lock;        /* taken inside the lock of an object waited on */
    uint32_t n, cap;         /* lock */
    struct timer_slot *heap; /* lock */
    int64_t min;             /* written under lock, [peek] */
};

struct p {
    /* [owner], no locked instruction: next to run, then the newest spawned. */
    struct g *runnext;   /* [peek] readied last; no thief touches it */
    uint32_t tick;       /* [peek] dispatches, for sysmon */
    uint32_t turn;       /* calls of pick_next: when to look elsewhere */
    uint32_t newq_n;     /* [peek] */
    uint32_t newq_epoch; /* [peek] times newq was emptied */
    int64_t live;        /* [peek] spawned here minus ended here */
    int64_t io_waiting;  /* [peek] began to wait for descriptors here minus stopped here */
    bool fair;           /* [atomic] sysmon: something waits for long */
    bool fair_turn;      /* which end pick_fair takes from next */
    bool aged;           /* [atomic] sysmon: the ring waits; steal from it */
    struct g *gfree;     /* recycled goroutines with warm stacks */
    uint32_t ngfree;
    uint32_t index;          /* [imm] */
    uint64_t goid, goid_end; /* ids to give away */
    struct m *m;             /* [peek] who holds it */
    struct g *newq[NEWQ_SIZE];

    /* Ring of runnable Gs.  tail: written by the owner alone.  head: CAS by
     * owner and thieves.  Slots [head, tail) belong to the ring. */
    uint32_t head cache_aligned;
    uint32_t tail cache_aligned;
    struct g *ring[RUNQ_SIZE];

    struct timers timers cache_aligned;

    /* sysmon's notes about this P; its alone. */
    uint32_t seen_tick, seen_head, seen_epoch, taken_tick;
    int64_t seen_when, aged_since, doubt;

    struct p *idle_link; /* [lock] */
    bool idle;           /* [lock] in sched.pidle */
};

#define MAX_PROCS 1024

struct sched {
    struct spin lock; /* innermost: taken while holding any other */

    struct g *gq_head, *gq_tail; /* [lock] global run queue */
    uint32_t gq_n;               /* [lock] [peek] */
    struct m *midle;             /* [lock] sleeping Ms */
    struct p *pidle;             /* [lock] Ps without an M */
    uint32_t npidle;             /* [lock] [peek] */
    uint64_t busy_epoch;         /* [lock] times a P left pidle */
    uint32_t nmidle;             /* [lock] */
    uint32_t nm;                 /* [lock] threads of ours */
    uint32_t nlost;              /* [lock] Ms whose P was taken and that still run */
    uint32_t nlocked_waiting;    /* [lock] [peek] Ms asleep for their goroutine */
    uint32_t nhogs;              /* [lock] [peek] those of them that compute */
    int64_t keeper_until;        /* [lock] [peek] earliest timed sleep of an idle M */

    uint32_t nspinning cache_aligned; /* [atomic] W1/W2 in sched/idle.c */
    uint32_t nprocs;                  /* changed with the world stopped */
    uint32_t stopping;                /* [atomic] stop-the-world asked for */
    uint32_t sysmon_slow;             /* [atomic] sysmon sleeps for long: poke it */
    int64_t now_coarse;               /* [peek] sysmon's last look at the clock */
    struct m *allm;                   /* [lock] for push; read without: Ms are never freed */
    struct m *ended_by;               /* [peek] the M that stopped the world for good, in exit() */
    struct m *mfree;                  /* [lock] records of threads that have ended */
    struct m *poller;                 /* [lock] [peek] sleeps in the poller; sched/io.h */
    uint32_t mid_next;                /* [lock] */
    uint32_t sysmon_deep;             /* [lock] [atomic] sysmon sleeps until it is needed */
    uint32_t nallp;                   /* grows only: Ps ever made */
    struct p *allp[MAX_PROCS];
    struct g *main_g;       /* [imm] NULL until main's thread came */
    uint64_t goid_next;     /* [atomic] */
    int64_t live_elsewhere; /* [atomic] goroutines spawned by foreign threads */
};

extern struct sched sched;

#endif

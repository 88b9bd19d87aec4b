/* SPDX-License-Identifier: MIT */
/* go_after_func: a function that runs in a goroutine of its own when the time comes.
 *
 * Who needs the memory is counted in users, under the lock:
 *   - the handle, until go_timer_drop;
 *   - the heap, from ARMED to the end of FIRING;
 *   - each goroutine started, until it has left the memory alone.
 * A timer that fires passes the heap's use on to its goroutine.  So the last use ends
 * in user code, which may free: inside the runtime only a timer that was stopped just
 * as it fired gives up the heap's use, and go_timer_drop waits for that.
 *
 * Invariants, whenever the lock is free:
 *  F1  ARMED => in a heap at when;  IDLE => when >= TIMER_NEVER.
 *  F2  users > 0; one of them is the heap's if and only if the timer is not IDLE.
 */
#include "base/alloc.h"
#include "base/fatal.h"
#include "sched/defer.h"
#include "sched/entry.h"
#include "sched/spawn.h"
#include "timer/go_timer.h"

#include <string.h>

struct after_func;

/* What the goroutine gets a copy of, the packed call behind it. */
struct start {
    struct after_func *from;
    void (*entry)(void *);
} __attribute__((aligned(16)));

struct after_func {
    struct go_timer t;
    struct spin lock;
    uint32_t users;          /* lock, atomic for a peek */
    void (*destroy)(void *); /* immutable: of the packed call; NULL: it is plain bytes */
    struct origin origin;    /* immutable */
    size_t size;             /* immutable: bytes of start and the packed call */
    struct start start;      /* immutable, with what follows */
};

static struct after_func *after_func_of(struct go_timer *t)
{
    return (struct after_func *)(void *)t;
}

static void after_func_free(struct after_func *a)
{
    if (a->destroy)
        a->destroy(&a->start + 1);
    free(a);
}

/* Under the lock.  Release: pairs with the look in unuse. */
static uint32_t count(struct after_func *a, uint32_t change)
{
    uint32_t users = a->users + change;
    st_release(&a->users, users);
    return users;
}

/* In user code: the handle, or a goroutine, leaves a alone.
 *
 * The last user needs no locked instruction: who sees users at 1 sees that the one
 * before has the lock, or has given it back. */
static void unuse(struct after_func *a)
{
    if (ld_acquire(&a->users) == 1 && !ld_acquire(&a->lock.word)) {
        after_func_free(a);
        return;
    }
    struct m *m = rt_enter();
    spin_lock(&a->lock);
    bool last = count(a, -1u) == 0;
    spin_unlock(&a->lock);
    rt_exit(m);
    if (last)
        after_func_free(a);
}

static void run_end(void *after)
{
    unuse(after);
}

/* Plain bytes were copied with the start.  What is not is copied by its entry, from
 * memory that must last meanwhile. */
static void run(void *p)
{
    struct start *s = p;
    struct after_func *a = s->from;
    if (!a->destroy) {
        unuse(a);
        s->entry(s + 1);
        return;
    }
    struct go_defer_ d; /* it may end by go_exit */
    defer_push(this_g(), &d, DEFER_AT_END, run_end, a);
    s->entry(s + 1);
    defer_end(&d);
}

static void arm(struct m *m, struct after_func *a)
{
    if (timer_arm(m, &a->t.timer, a->t.when) < 0)
        fatal("out of memory");
}

/* The lock is held, the heap's use is ours: where does it go? */
static bool fire_step(struct m *m, struct after_func *a)
{
    struct timer *t = &a->t.timer;
    st_relaxed(&t->state, (uint32_t)TIMER_IDLE);
    if (a->t.when <= t->when) {
        a->t.when = TIMER_STOPPED;
        return true;
    }
    if (a->t.when < TIMER_NEVER)
        arm(m, a); /* reset to later on the way here */
    else
        count(a, -1u); /* stopped: the handle is there, or waits */
    return false;
}

static void after_func_fire(struct m *m, struct timer *t)
{
    struct after_func *a = after_func_of(go_timer_of(t));
    spin_lock(&a->lock);
    bool due = fire_step(m, a);
    spin_unlock(&a->lock);
    if (due && !spawn_inside(m, run, &a->start, a->size, a->origin))
        fatal("out of memory (stack for a new goroutine)");
}

/* Move to when, TIMER_STOPPED included.  A timer on its way to fire finds the new
 * time there, and acts on it. */
static bool move(struct after_func *a, int64_t when)
{
    struct m *m = rt_enter();
    spin_lock(&a->lock);
    bool was_running = a->t.when != TIMER_STOPPED;
    a->t.when = when;
    if (timer_pull(&a->t.timer))
        count(a, -1u);
    if (when < TIMER_NEVER && ld_relaxed(&a->t.timer.state) == TIMER_IDLE) {
        count(a, 1);
        arm(m, a);
    }
    spin_unlock(&a->lock);
    rt_exit(m);
    return was_running;
}

bool after_func_stop(struct go_timer *t)
{
    return move(after_func_of(t), TIMER_STOPPED);
}

bool after_func_reset(struct go_timer *t, int64_t when)
{
    return move(after_func_of(t), when);
}

/* While FIRING under the lock, the timer may yet find that it was stopped. */
static void wait_for_fire(struct after_func *a)
{
    struct m *m = rt_enter();
    spin_lock(&a->lock);
    for (unsigned round = 0; ld_relaxed(&a->t.timer.state) == TIMER_FIRING; round++) {
        spin_unlock(&a->lock);
        timer_relax(round);
        spin_lock(&a->lock);
    }
    spin_unlock(&a->lock);
    rt_exit(m);
}

/* Nobody stops it any more once the handle is gone. */
void after_func_drop(struct go_timer *t)
{
    struct after_func *a = after_func_of(t);
    if (ld_acquire(&t->timer.state) != TIMER_IDLE)
        wait_for_fire(a);
    unuse(a);
}

go_timer *go_after_func_(int64_t d, void (*entry)(void *), const void *args, size_t size,
                         const void *fn, void (*destroy)(void *))
{
    if (!fn)
        fatal("go of nil func value");
    struct after_func *a = rt_realloc(NULL, sizeof *a + size);
    if (!a)
        fatal("out of memory");
    struct m *m = rt_enter();
    int64_t when = timer_when(d);
    bool armed = when < TIMER_NEVER;
    *a = (struct after_func){
        .t = { .timer = { .fire = after_func_fire, .ends_itself = true }, .when = when },
        .users = armed ? 2 : 1,
        .destroy = destroy,
        .origin = { fn, __builtin_return_address(0), m->curg->id },
        .size = sizeof a->start + size,
        .start = { a, entry },
    };
    memcpy(&a->start + 1, args, size);
    if (armed)
        arm(m, a); /* and leave it alone: it may have fired, and be armed no more */
    rt_exit(m);
    return &a->t;
}

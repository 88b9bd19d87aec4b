/* SPDX-License-Identifier: MIT */
/* Deferred calls: a list on each goroutine of what is to be done on the way out.
 *
 * A record (struct go_defer_, <goroutine/panic.h>) lies in the frame that pushed it.
 * Only the goroutine itself touches the list, outside the runtime, and so do the
 * calls made from it: they are user code.
 *
 *   DEFER_CALL     run at the end of its block, by go_exit, by a panic.
 *   DEFER_AT_END   the runtime's own, pushed by what the goroutine runs first: run
 *                  when it ends by go_exit.  Not by a panic, which from here on ends
 *                  the program: a WaitGroup that counts down would let main return
 *                  before the panic is told.
 *   DEFER_RECOVER  a go_recover: a panic goes no further.
 *
 * A go_exit or a panic on its way is a struct leaving in the frame of go_exit or
 * panic, as long as it lasts.
 *
 * Invariants, outside of this file:
 *  D1  every record of the list lies in a frame that is still there, and the list is
 *      in the order in which they were pushed, newest first.
 *  D2  a record is taken off the list before it is run.
 *  D3  g->leaving is newest first as well; the frames of its records are below those
 *      of the deferred calls that they have not yet run.
 */
#ifndef SCHED_DEFER_H
#define SCHED_DEFER_H

#include "base/atomic.h"
#include "sched/entry.h"
#include "sched/panic.h"

#include <goroutine/panic.h>

enum defer_kind { DEFER_CALL, DEFER_AT_END, DEFER_RECOVER };

struct leaving {
    struct leaving *outer; /* it was on its way when this one began */
    const char *text;      /* of the panic; NULL: a go_exit */
};

/* this_g - the calling goroutine.  Outside the runtime: what runs on this M changes
 * only inside it. */
static inline struct g *this_g(void)
{
    struct m *m = m_self();
    if (unlikely(m->curg == NULL)) {
        rt_exit(rt_enter()); /* the thread's first call of the library */
        m = m_self();
    }
    return m->curg;
}

static inline void defer_push(struct g *g, struct go_defer_ *d, enum defer_kind kind,
                              void (*run)(void *), void *arg)
{
    *d = (struct go_defer_){ g->defers, run, arg, (uintptr_t)kind };
    g->defers = d;
}

/* defer_pop - true if d was still to be run; newer records, if any, were left behind by
 * a jump out of their frames, and are forgotten. */
static inline bool defer_pop(struct g *g, struct go_defer_ *d)
{
    if (unlikely(!d->run))
        return false;
    g->defers = d->next;
    return true;
}

/* defer_end - pop and run: the end of a block, for the cleanup attribute. */
static inline void defer_end(struct go_defer_ *d)
{
    if (defer_pop(this_g(), d))
        d->run(d->arg);
}

/* defer_take - take the newest off the list.  NULL if there is none. */
static inline struct go_defer_ *defer_take(struct g *g)
{
    struct go_defer_ *d = g->defers;
    if (d)
        g->defers = d->next;
    return d;
}

/* defer_drop - one that was taken is not run: its frame, if unwinding comes through it,
 * is not to put older ones on the list again. */
static inline void defer_drop(struct go_defer_ *d)
{
    d->run = NULL;
}

/* defer_run - run one that was taken. */
static inline void defer_run(struct go_defer_ *d)
{
    void (*run)(void *) = d->run;
    d->run = NULL; /* the end of its block finds it done */
    run(d->arg);
}

/* locals_destroy_then - destroy the goroutine-local values, for who calls end(arg) next:
 * if a destructor calls go_exit, that calls it instead, and does not return. */
void locals_destroy_then(struct g *g, void (*end)(void *), void *arg);

/* exit_rest - run what is deferred, and end the goroutine.  g->leaving is the exit. */
void exit_rest(struct g *g) __attribute__((noreturn));

/* recovered_by - the panic at g->leaving has come to a DEFER_RECOVER, taken off the
 * list: return from its go_recover; or go on with the go_exit that the panic
 * interrupted inside of it. */
void recovered_by(struct g *g, struct go_defer_ *d, const char *text) __attribute__((noreturn));

/* leaving_check - for the cleanup attribute of a struct leaving: its frame has been
 * left by an exception. */
void leaving_check(struct leaving *l);

/* defers_verify - D1 to D3 of a goroutine that is WAITING while the world is stopped: all
 * others may be changing their list. */
void defers_verify(const struct g *g);

#endif

/* SPDX-License-Identifier: MIT */
/* A thing that ends once, and who wants to know: the inner half of a context.
 *
 * A go_context begins with a struct cancel, so that every layer can wait for its
 * end and only src/context knows the rest.
 *
 * States of a watcher, and who moves it:
 *   IDLE   -> ARMED    cancel_watch, by its user, under the lock
 *   ARMED  -> IDLE     cancel_unwatch, by its user, under the lock: fire will not run
 *   ARMED  -> FIRING   cancel_end, under the lock
 *   FIRING -> IDLE     the same cancel_end, after fire has returned, and after all that
 *                      the cancel it returned has fired; release
 * cancel_unwatch waits while FIRING: once it returns, nobody touches the watcher.
 *
 * Invariants, whenever the lock is free:
 *  E1  why goes from 0 to a negative errno once; cause is set before (release of why).
 *  E2  a watcher is in the list if and only if it is ARMED.
 *  E3  why set => nobody joins the list, and one cancel_end empties it.
 *  E4  ending => why set, and that cancel_end has something left to fire here or below.
 *
 * Ending a tree does not recurse: up and via are the way back.  They belong to the
 * cancel_end that set why.  A cancel that is on the way is alive, for the watcher
 * through which it was reached is FIRING, and its user waits for that.
 *
 * Order of locks: spin.h; a cancel's comes after that of an object waited on, before
 * a timer heap's.  fire is called without any.
 */
#ifndef SCHED_CANCEL_H
#define SCHED_CANCEL_H

#include "base/spin.h"

#include <goroutine/base.h>
#include <stddef.h>

struct m;
struct cancel;

enum watch_state { WATCH_IDLE, WATCH_ARMED, WATCH_FIRING };

struct watcher {
    struct watcher *next, *prev; /* lock of the cancel */
    /* Immutable while armed.  Called inside the runtime, must not park.  What it
     * returns, if anything, ends with the same reason and cause. */
    struct cancel *(*fire)(struct m *m, struct watcher *w);
    uint32_t state; /* lock of the cancel; atomic for a peek */
};

struct cancel {
    struct spin lock;
    int32_t why;                  /* lock, atomic for a peek: 0, or -ECANCELED or -ETIMEDOUT */
    int32_t cause;                /* lock; immutable once why is set */
    struct watcher *first, *last; /* lock */
    struct cancel *up;            /* who set why: where the walk came from */
    struct watcher *via;          /* and through which watcher there */
    uint32_t ending;              /* who set why; atomic: others wait for 0 (E4) */
    struct cancel *instead;       /* immutable: see cancel_of */
};

/* What a context that never ends is waited for instead of. */
extern struct cancel cancel_never;

/* cancel_why - 0, or how it ended.  Acquire: pairs with the release in cancel_end. */
static inline int cancel_why(const struct cancel *c)
{
    return c ? ld_acquire(&c->why) : 0;
}

/* cancel_of - what to wait for to see a context end; NULL if it never does.
 *
 * Its own cancel, or what that names: a context that only adds a value ends with an
 * ancestor, and the root never.  So those cost a waiter nothing. */
static inline struct cancel *cancel_of(struct go_context *ctx)
{
    struct cancel *c = (struct cancel *)(void *)ctx;
    if (!c || !c->instead)
        return c;
    return c->instead == &cancel_never ? NULL : c->instead;
}

/* cancel_watch - have w->fire called at the end.  w must be IDLE.  false: it has ended,
 * and w stays IDLE. */
bool cancel_watch(struct cancel *c, struct watcher *w);

/* cancel_watch_first - the same, before all others that watch now. */
bool cancel_watch_first(struct cancel *c, struct watcher *w);

/* cancel_unwatch - true if w was removed before it fired.  Never returns while it
 * fires. */
bool cancel_unwatch(struct cancel *c, struct watcher *w);

/* cancel_end - end c with the errno why, and whatever follows from it.
 *
 * Inside the runtime, no lock held.  false: it had ended before; another may still
 * be firing. */
bool cancel_end(struct m *m, struct cancel *c, int why, int cause);

/* cancel_settle - c has ended: wait until all that follows from it has, too.
 *
 * Not from a fire, except for the cancel that it returns.  Who is waited for walks below
 * c, and waits only for those that walk below him: no ring of them can close. */
void cancel_settle(struct cancel *c);

#endif

/* SPDX-License-Identifier: MIT */
#include "sched/cancel.h"

#include <sched.h>

enum { RELAX_ROUNDS = 100 };

struct cancel cancel_never;

static void relax(unsigned round)
{
    if (round < RELAX_ROUNDS)
        cpu_relax();
    else
        sched_yield(); /* its thread was descheduled, or it has much to fire */
}

static void unlink_watcher(struct cancel *c, struct watcher *w)
{
    *(w->prev ? &w->prev->next : &c->first) = w->next;
    *(w->next ? &w->next->prev : &c->last) = w->prev;
}

/* Holds the lock. */
static void link_watcher(struct cancel *c, struct watcher *w, struct watcher *prev)
{
    w->prev = prev;
    w->next = prev ? prev->next : c->first;
    *(w->prev ? &w->prev->next : &c->first) = w;
    *(w->next ? &w->next->prev : &c->last) = w;
    st_relaxed(&w->state, (uint32_t)WATCH_ARMED);
}

bool cancel_watch(struct cancel *c, struct watcher *w)
{
    assert(ld_relaxed(&w->state) == WATCH_IDLE);
    spin_lock(&c->lock);
    bool open = !ld_relaxed(&c->why);
    if (open)
        link_watcher(c, w, c->last);
    spin_unlock(&c->lock);
    return open;
}

bool cancel_watch_first(struct cancel *c, struct watcher *w)
{
    assert(ld_relaxed(&w->state) == WATCH_IDLE);
    spin_lock(&c->lock);
    bool open = !ld_relaxed(&c->why);
    if (open)
        link_watcher(c, w, NULL);
    spin_unlock(&c->lock);
    return open;
}

bool cancel_unwatch(struct cancel *c, struct watcher *w)
{
    if (ld_acquire(&w->state) == WATCH_IDLE) /* pairs with the release in cancel_end */
        return false;
    spin_lock(&c->lock);
    bool armed = ld_relaxed(&w->state) == WATCH_ARMED;
    if (armed) {
        unlink_watcher(c, w);
        st_relaxed(&w->state, (uint32_t)WATCH_IDLE);
    }
    spin_unlock(&c->lock);
    for (unsigned round = 0; !armed && ld_acquire(&w->state) != WATCH_IDLE; round++)
        relax(round);
    return armed;
}

void cancel_settle(struct cancel *c)
{
    for (unsigned round = 0; ld_acquire(&c->ending); round++) /* pairs with settled */
        relax(round);
}

/* Holds the lock. */
static struct watcher *pop_locked(struct cancel *c)
{
    struct watcher *w = c->first;
    if (w) {
        unlink_watcher(c, w);
        st_relaxed(&w->state, (uint32_t)WATCH_FIRING);
    }
    return w;
}

static struct watcher *pop(struct cancel *c)
{
    spin_lock(&c->lock);
    struct watcher *w = pop_locked(c);
    spin_unlock(&c->lock);
    return w;
}

/* *w is the first to fire. */
static bool begin(struct cancel *c, int why, int cause, struct watcher **w)
{
    spin_lock(&c->lock);
    bool first = !ld_relaxed(&c->why);
    if (first) {
        c->cause = cause;
        st_relaxed(&c->ending, 1u); /* seen by who sees why */
        st_release(&c->why, why);   /* E1 */
        *w = pop_locked(c);
    }
    spin_unlock(&c->lock);
    return first;
}

/* Release: what firing did is seen by who finds the watcher idle, and frees it. */
static void fired(struct watcher *w)
{
    st_release(&w->state, (uint32_t)WATCH_IDLE);
}

/* Leave c, all that it had has fired; returns where the walk came from.  Who sees c
 * settled may not touch it yet: that ends with the watcher. */
static struct cancel *settled(struct cancel *c)
{
    struct cancel *up = c->up;
    struct watcher *via = c->via;
    st_release(&c->ending, 0u); /* pairs with cancel_settle */
    if (up)
        fired(via);
    return up;
}

bool cancel_end(struct m *m, struct cancel *c, int why, int cause)
{
    struct watcher *w, *below;
    if (!begin(c, why, cause, &w))
        return false;
    c->up = NULL;
    while (c) {
        if (!w) {
            c = settled(c);
            w = c ? pop(c) : NULL;
            continue;
        }
        struct cancel *child = w->fire(m, w);
        if (child && begin(child, why, cause, &below)) {
            child->up = c;
            child->via = w;
            c = child;
            w = below;
        } else {
            if (child)
                cancel_settle(child);
            fired(w);
            w = pop(c);
        }
    }
    return true;
}

/* SPDX-License-Identifier: MIT */
#include "sched/cancel.h"

#include <sched.h>

enum { RELAX_ROUNDS = 100 };

static void unlink_watcher(struct cancel *c, struct watcher *w)
{
    *(w->prev ? &w->prev->next : &c->first) = w->next;
    *(w->next ? &w->next->prev : &c->last) = w->prev;
}

bool cancel_watch(struct cancel *c, struct watcher *w)
{
    assert(ld_relaxed(&w->state) == WATCH_IDLE);
    spin_lock(&c->lock);
    bool open = !ld_relaxed(&c->why);
    if (open) {
        w->next = NULL;
        w->prev = c->last;
        *(c->last ? &c->last->next : &c->first) = w;
        c->last = w;
        st_relaxed(&w->state, (uint32_t)WATCH_ARMED);
    }
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
    for (unsigned round = 0; !armed && ld_acquire(&w->state) != WATCH_IDLE; round++) {
        if (round < RELAX_ROUNDS)
            cpu_relax();
        else
            sched_yield(); /* its thread was descheduled, or it has much to fire */
    }
    return armed;
}

static bool begin(struct cancel *c, int why, int cause)
{
    spin_lock(&c->lock);
    bool first = !ld_relaxed(&c->why);
    if (first) {
        c->cause = cause;
        st_release(&c->why, why); /* E1 */
    }
    spin_unlock(&c->lock);
    return first;
}

static struct watcher *pop(struct cancel *c)
{
    spin_lock(&c->lock);
    struct watcher *w = c->first;
    if (w) {
        unlink_watcher(c, w);
        st_relaxed(&w->state, (uint32_t)WATCH_FIRING);
    }
    spin_unlock(&c->lock);
    return w;
}

/* Release: what firing did is seen by who finds the watcher idle, and frees it. */
static void fired(struct watcher *w)
{
    st_release(&w->state, (uint32_t)WATCH_IDLE);
}

bool cancel_end(struct m *m, struct cancel *c, int why, int cause)
{
    if (!begin(c, why, cause))
        return false;
    c->up = NULL;
    while (c) {
        struct watcher *w = pop(c);
        if (w) {
            struct cancel *child = w->fire(m, w);
            if (child && begin(child, why, cause)) {
                child->up = c;
                child->via = w;
                c = child;
            } else {
                fired(w);
            }
        } else if ((w = c->via, c = c->up)) {
            fired(w);
        }
    }
    return true;
}

/* SPDX-License-Identifier: MIT */
/* Contexts: the structure, its owners, and how one of them ends.
 *
 * A context has a cancel of its own (sched/cancel.h) if it can end in its own way:
 * ENDING, made by with_cancel and with_deadline.  The others, VALUE, LASTING
 * (without_cancel) and ROOT, end with the nearest ENDING above them, their source, or
 * never.  An ENDING one is a watcher of its source's cancel, if it has a source.
 *
 *       root <---parent--- A <---parent--- V <---parent--- B        A, B: ENDING
 *                          ^                               |        V: VALUE
 *                          +------------source-------------+
 *                          A.end's list: B.link, functions that wait for A or V,
 *                          goroutines that do, A's own done_link
 *
 * Owners.  holders counts calls that made or held a context, its children (parent), and
 * functions left with it (on_end.c: their source).  So whatever a walk of
 * cancel_end can reach from a held context is alive:
 *   N1  parent and source are held by the child, directly or through others.
 *   N2  link is ARMED only in source->end's list; the timer only while ENDING has not
 *       ended, or somebody is about to disarm it; both belong to this context.
 *   N3  done_link is ARMED or was, if and only if done is set.
 * The last holder takes link and timer back before he frees: both calls wait for a walk
 * that has come through them, and there is no other way for a walk to be in a context
 * that nobody holds.  A walk never drops a hold: nothing is freed inside the runtime.
 *
 * What a walk does, in this order, so that whoever sees a part of it also sees what is
 * above: cause and why of the context; its channel, for done_link is the first of the
 * list whenever it was made; then children, functions and waiters as they came.  Who asks
 * for err or cause waits for the channel (ask.c), for why comes first.
 *
 * Order of locks: done_lock, cancel, timer heap.
 */
#ifndef CONTEXT_TREE_H
#define CONTEXT_TREE_H

#include "base/fatal.h"
#include "sched/cancel.h"
#include "sched/entry.h"
#include "timer/timer.h"

#include <goroutine/context.h>

enum context_kind { CONTEXT_ROOT, CONTEXT_LASTING, CONTEXT_VALUE, CONTEXT_ENDING };

/* One key and its value. */
struct context_value {
    const void *key; /* immutable */
    void *value;     /* immutable */
    void (*destroy)(void *value);
};

/* What only a context that can end needs. */
struct context_ending {
    struct watcher link; /* see N2 */
    struct timer timer;  /* see N2 */
    int cause;           /* immutable: of the timer */

    struct spin done_lock;    /* the making of done */
    struct go_chan_ *done;    /* done_lock, then immutable; NULL until asked for */
    uint32_t done_ready;      /* release, acquire: done is set and watched */
    struct watcher done_link; /* on its own end: closes done */
};

struct go_context {
    struct cancel end;               /* first: what every layer can wait for */
    struct go_context *parent;       /* immutable, held; NULL: a root */
    struct go_context *source;       /* immutable: the nearest ENDING, maybe itself, or NULL */
    const struct go_context *values; /* immutable: the nearest VALUE, maybe itself, or NULL */
    int64_t deadline;                /* immutable; GO_FOREVER: none */
    uint32_t holders;                /* atomic; unused in a ROOT */
    uint32_t kind;                   /* immutable, enum context_kind */
    union {
        struct context_value value; /* VALUE */
        struct context_ending own;  /* ENDING */
    };
};

_Static_assert(offsetof(struct go_context, end) == 0, "cancel_of");

/* context_check_parent - panics for a NULL one. */
static inline void context_check_parent(const struct go_context *parent)
{
    if (unlikely(!parent))
        panic("cannot create context from nil parent");
}

/* context_done_free - the last holder is alone with ctx: let go of its channel.  Outside
 * the runtime. */
void context_done_free(struct go_context *ctx);

#endif

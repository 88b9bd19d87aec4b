/* SPDX-License-Identifier: MIT */
/* A function that waits for the end of a context.
 *
 * The record has a packed call, as the stack of a new goroutine will, with a head in
 * front that finds the way back to the record.
 *
 *   refs    one for the handle, one for the function as long as it may be started.
 *           The second is given back by who takes the watcher out of the list (stop,
 *           it was ARMED), or by the goroutine, once it runs.
 *   source  held by the record, so that a stop finds it although the function has run.
 *
 * A function left with a context that never ends has no second one.
 */
#include "context/tree.h"

#include "base/alloc.h"
#include "sched/spawn.h"

#include <string.h>

/* In front of the packed call: as large as it is aligned. */
struct after_call {
    struct go_context_after *after;
    void (*entry)(void *);
} __attribute__((aligned(16)));

struct go_context_after {
    struct watcher link;       /* first; on source's end */
    struct go_context *source; /* immutable, held; NULL: it never ends */
    void (*discard)(void *);   /* immutable */
    struct origin from;        /* immutable */
    size_t size;               /* immutable: of call and what follows */
    uint32_t refs;             /* atomic */
    bool started;              /* by who removed link, before refs falls */
    struct after_call call;    /* immutable */
};

_Static_assert(sizeof(struct go_context_after) % 16 == 0, "the arguments follow");

/* Give n of them back. */
static void put(go_context_after *a, uint32_t n)
{
    if (sub_seq(&a->refs, n) != 0)
        return;
    if (!a->started && a->discard)
        a->discard(a + 1);
    go_context_drop(a->source);
    free(a);
}

/* The goroutine.  Its copy of the call is its own: the record may go, once the walk
 * that started it has left it. */
static void run(void *p)
{
    struct after_call *c = p;
    go_context_after *a = c->after;
    struct m *m = rt_enter();
    cancel_unwatch(&a->source->end, &a->link);
    rt_exit(m);
    put(a, 1);
    c->entry(c + 1);
}

static void start(struct m *m, go_context_after *a)
{
    a->started = true;
    if (!spawn_inside(m, run, &a->call, a->size, a->from))
        fatal("out of memory (stack for a new goroutine)");
}

static struct cancel *source_ended(struct m *m, struct watcher *w)
{
    start(m, (go_context_after *)(void *)w);
    return NULL;
}

static go_context_after *make(go_context *source, void (*entry)(void *), const void *args,
                              size_t size)
{
    go_context_after *a = fault(FAIL_MALLOC) ? NULL : malloc(sizeof *a + size);
    if (!a)
        fatal("out of memory");
    memset(a, 0, sizeof *a);
    memcpy(a + 1, args, size);
    a->link.fire = source_ended;
    a->source = go_context_hold(source);
    a->size = sizeof a->call + size;
    a->refs = source ? 2 : 1;
    a->call.after = a;
    a->call.entry = entry;
    return a;
}

go_context_after *go_context_after_func_(go_context *ctx, void (*entry)(void *), const void *args,
                                         size_t size, const void *fn, void (*discard)(void *))
{
    context_check_parent(ctx);
    if (unlikely(!fn))
        fatal("go of nil func value");
    go_context_after *a = make(ctx->source, entry, args, size);
    a->discard = discard;
    struct m *m = rt_enter();
    a->from = (struct origin){ fn, __builtin_return_address(0), m->curg->id };
    if (a->source && !cancel_watch(&a->source->end, &a->link))
        start(m, a);
    rt_exit(m);
    return a;
}

bool go_context_after_stop(go_context_after *a)
{
    if (!a)
        return false;
    if (!a->source) {
        put(a, 1);
        return true;
    }
    struct m *m = rt_enter();
    bool stopped = cancel_unwatch(&a->source->end, &a->link);
    rt_exit(m);
    put(a, stopped ? 2 : 1);
    return stopped;
}

void go_context_after_drop(go_context_after *a)
{
    if (a)
        put(a, 1);
}

/* SPDX-License-Identifier: MIT */
/* Running deferred calls, and coming back from a panic.  panic itself is in panic.c.
 *
 * Compiled so that C++ exceptions run the cleanup attributes of this file
 * (-fexceptions, cmake/library.cmake): one that leaves the call of a go_recover takes
 * its record along, and none can leave a half-done exit unseen. */
#include "sched/defer.h"

#include "arch/protect.h"
#include "sched/local.h"
#include "sched/switch.h"

#include <goroutine/go.h>
#include <pthread.h>
#include <setjmp.h>
#include <string.h>

void go_defer_push_(struct go_defer_ *d, void (*run)(void *), void *arg)
{
    defer_push(this_g(), d, DEFER_CALL, run, arg);
}

bool go_defer_pop_(struct go_defer_ *d)
{
    return defer_pop(this_g(), d);
}

bool go_foreign_(void)
{
    return this_g()->alien;
}

void leaving_check(struct leaving *l)
{
    if (this_g()->leaving == l)
        fatal("an exception left a deferred call that a panic or go_exit had made");
}

/* --- go_exit ----------------------------------------------------------------- */

void exit_rest(struct g *g)
{
    struct go_defer_ *d;
    while ((d = defer_take(g)))
        if (d->kind == DEFER_RECOVER)
            defer_drop(d);
        else
            defer_run(d);
    g->leaving = NULL;
    if (g->alien)
        pthread_exit(NULL);
    goroutine_exit();
}

void locals_destroy_then(struct g *g, void (*end)(void *), void *arg)
{
    struct go_defer_ d;
    defer_push(g, &d, DEFER_AT_END, end, arg);
    locals_destroy(g);
    (void)defer_pop(g, &d);
}

void go_exit(void)
{
    struct g *g = this_g();
    struct leaving l __attribute__((cleanup(leaving_check))) = { g->leaving, NULL };
    g->leaving = &l;
    exit_rest(g);
}

/* --- go_recover -------------------------------------------------------------- */

struct recovery {
    struct go_defer_ d;      /* DEFER_RECOVER */
    struct leaving *leaving; /* what was on its way before */
    go_recovered *to;
    void *eh[2];  /* C++ exceptions being handled before */
    void *sp;     /* of the protected call */
    jmp_buf *env; /* where longjmp goes first; NULL but for the thread sanitizer */
    void (*entry)(void *);
    void *args;
};

static void recovery_end(struct recovery *r)
{
    (void)defer_pop(this_g(), &r->d);
}

static void unreachable(void *arg)
{
    (void)arg;
    bug("a go_recover was run");
}

/* The thread sanitizer keeps a stack of calls of its own, which longjmp alone can cut;
 * this call is not on it. */
static not_for_tsan never_inline void call_recorded(void *arg)
{
    struct recovery *r = arg;
    jmp_buf env;
    r->env = &env;
    if (_setjmp(env) == 0)
        r->entry(r->args);
    else
        protected_leave(r->sp);
}

bool go_recover_(go_recovered *to, void (*entry)(void *), void *args)
{
    struct g *g = this_g();
    void **eh = m_self()->eh_p;
    struct recovery r __attribute__((cleanup(recovery_end)));
    r.leaving = g->leaving;
    r.to = to;
    r.env = NULL;
    r.eh[0] = eh ? eh[0] : NULL;
    r.eh[1] = eh ? eh[1] : NULL;
    if (to)
        to->text[0] = '\0';
    defer_push(g, &r.d, DEFER_RECOVER, unreachable, &r);
    if (unlikely(calls_recorded)) {
        r.entry = entry;
        r.args = args;
        return protected_call(&r.sp, call_recorded, &r);
    }
    return protected_call(&r.sp, entry, args);
}

static bool exit_since(const struct g *g, const struct leaving *before)
{
    for (const struct leaving *l = g->leaving; l != before; l = l->outer)
        if (!l->text)
            return true;
    return false;
}

/* The frames between are about to be forgotten. */
static void come_back(struct g *g, struct recovery *r) __attribute__((noreturn));
static void come_back(struct g *g, struct recovery *r)
{
    void **eh = m_self()->eh_p;
    g->leaving = r->leaving;
    if (eh) {
        eh[0] = r->eh[0];
        eh[1] = r->eh[1];
    }
    if (r->env)
        longjmp(*r->env, 1); /* not _longjmp, which the sanitizer does not know */
    if (unlikely(sanitizer_on))
        stack_abandoned(__builtin_frame_address(0), r->sp);
    protected_leave(r->sp);
}

void recovered_by(struct g *g, struct go_defer_ *d, const char *text)
{
    struct recovery *r = d->arg;
    defer_drop(d);
    if (r->to)
        memcpy(r->to->text, text, strnlen(text, GO_PANIC_TEXT - 1) + 1);
    if (!exit_since(g, r->leaving))
        come_back(g, r);
    while (g->leaving->text)
        g->leaving = g->leaving->outer;
    exit_rest(g);
}

/* --- Verify ---------------------------------------------------------------------- */

/* The address sanitizer moves frames to a heap of its own. */
static bool in_stack(const struct g *g, const void *p)
{
    return sanitizer_on || ((char *)p >= (char *)g->ctx.sp && (char *)p < g->stack_hi);
}

void defers_verify(const struct g *g)
{
    for (const struct leaving *l = g->leaving; l; l = l->outer)
        ensure(in_stack(g, l) && (sanitizer_on || !l->outer || l->outer > l)); /* D3 */
    for (const struct go_defer_ *d = g->defers; d; d = d->next) {
        ensure(in_stack(g, d) && d->kind <= DEFER_RECOVER); /* D1 */
        ensure(d->run != NULL);                             /* D2 */
        for (const struct leaving *l = g->leaving; l && d->next && !sanitizer_on; l = l->outer)
            ensure((uintptr_t)d < (uintptr_t)l || (uintptr_t)d->next > (uintptr_t)l); /* D3 */
    }
}

/* SPDX-License-Identifier: MIT */
#include "debug/leaks.h"

#include "base/pause.h"
#include "arch/callregs.h"
#include "arch/sanitize.h"
#include "base/options.h"
#include "chan/chan.h"
#include "debug/crash.h"
#include "debug/dump.h"
#include "debug/halt.h"
#include "debug/reach.h"
#include "debug/writer.h"
#include "os/clock.h"
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/init.h"
#include "sched/world.h"

#include <errno.h>
#include <goroutine/debug.h>
#include <goroutine/select.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum {
    RED_ZONE = 128,     /* below sp, a leaf function's */
    TOP_WORDS = 64,     /* of a stopped thread's stack, to see whether it is in malloc */
    TRIES = 20,         /* until nobody is in the middle of something */
    PAUSE_NS = 100000,  /* between them */
    PTHREAD_HEAD = 784, /* of glibc's own in a thread's record, before its keys */
};

struct leaks {
    struct reach r;
    struct halt halt;
    struct m *m;       /* ours; the world is stopped by it */
    uintptr_t frame;   /* of go_leaks: our own stack from here up is the user's */
    struct span below; /* foreign thread: our stack below that */
    size_t n;          /* leaked; after the search, the first of r.c */
    int err;
};

/* --- Candidates ------------------------------------------------------------------------ */

/* How many wait queues stand in a row in what is waited for; the lock that was given to
 * park is the first word of the first. */
static unsigned queues_of(enum wait_reason why)
{
    switch (why) {
    case WAIT_CHAN_RECV:
    case WAIT_CHAN_SEND:
    case WAIT_RWMUTEX_R:
    case WAIT_RWMUTEX_W:
        return 2;
    case WAIT_MUTEX:
    case WAIT_WAITGROUP:
    case WAIT_COND:
    case WAIT_ONCE:
    case WAIT_SEMA:
    case WAIT_JOIN:
        return 1;
    default:
        return 0;
    }
}

static bool waits_for_nothing(const struct g *g)
{
    return !g->wait_lock && (g->reason == WAIT_CHAN_RECV_NIL || g->reason == WAIT_CHAN_SEND_NIL ||
                             g->reason == WAIT_SELECT_EMPTY);
}

static bool may_be_leaked(const struct g *g)
{
    if (g->alien || g->is_g0 || ld_relaxed(&g->status) != G_WAITING)
        return false;
    if (g->reason == WAIT_SELECT) {
        struct select_view s = select_waiting(g->wait_lock);
        return !s.bounded && !s.won;
    }
    return waits_for_nothing(g) || queues_of((enum wait_reason)g->reason);
}

static bool add_objects(struct reach *r, const struct g *g, size_t i)
{
    if (waits_for_nothing(g))
        return true;
    if (g->reason != WAIT_SELECT)
        return reach_object(r, (uintptr_t)g->wait_lock, i);
    struct select_view s = select_waiting(g->wait_lock);
    for (int k = 0; k < s.n; k++)
        if (s.cases[k].chan && !reach_object(r, (uintptr_t)s.cases[k].chan, i))
            return false;
    return true;
}

static void collect(struct g *g, void *arg)
{
    struct leaks *l = arg;
    if (l->err || !may_be_leaked(g))
        return;
    if (!reach_candidate(&l->r, g) || !add_objects(&l->r, g, l->r.nc - 1))
        l->err = -ENOMEM;
}

/* Who has been taken from the queue is about to be woken, by somebody who may have
 * nothing but the waiter's address.  A lock that is held: somebody is at it; by a note (a
 * biased one) it cannot be, for the world is stopped. */
static void look_at_queues(struct reach *r, const struct object *o)
{
    const struct g *g = r->c[o->candidate].g;
    const go_waitq_ *q = (const void *)o->at;
    if (g->reason == WAIT_SELECT || ld_relaxed(&q->lock_) == 1)
        return;
    for (unsigned k = 0; k < queues_of((enum wait_reason)g->reason); k++)
        for (const struct go_waiter_ *w = q[k].head_; w; w = w->next) {
            size_t i = reach_index_of(r, w->g);
            if (i == SIZE_MAX || (uintptr_t)w->g->wait_lock != o->at)
                continue;
            r->c[i].queued = true;
            r->c[i].bounded = w->claim != NULL;
        }
}

static void sort_out(struct reach *r)
{
    for (size_t i = 0; i < r->no; i++)
        if (i == 0 || r->o[i].at != r->o[i - 1].at)
            look_at_queues(r, &r->o[i]);
    for (size_t i = 0; i < r->nc; i++) {
        const struct candidate *c = &r->c[i];
        if (c->bounded || (!c->queued && c->g->reason != WAIT_SELECT && !waits_for_nothing(c->g)))
            reach_live(r, i);
    }
}

/* --- The others' stacks -------------------------------------------------------------------- */

static void search(struct leaks *l, uintptr_t lo, uintptr_t hi)
{
    spans_add(&l->r.work, lo, hi);
}

/* Of a goroutine that is parked, up from its sp, or a record of ours. */
static void search_near(struct leaks *l, uintptr_t lo, uintptr_t hi)
{
    spans_add(&l->r.near, lo, hi);
}

static void without(struct leaks *l, uintptr_t lo, uintptr_t hi)
{
    spans_add(&l->r.without, lo, hi);
}

static bool on_stack_of(const struct g *g, uintptr_t sp)
{
    return g && sp >= (uintptr_t)g->stack_lo && sp < (uintptr_t)g->stack_hi;
}

/* The goroutine that uses the stack on which a thread was stopped.  While it switches
 * it is not yet, or no longer, the current one. */
static struct g *goroutine_at(const struct m *m, uintptr_t sp)
{
    struct g *v[] = { ld_relaxed(&m->curg), m->prev, m->g0 };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        if (on_stack_of(v[i], sp))
            return v[i];
    return NULL;
}

static bool is_ours(const struct m *m)
{
    return m != &m_none && !m->alien;
}

/* A goroutine that runs: its stack was searched from where its thread was stopped, if
 * there is such a thread. */
static bool runs_on_stopped(const struct leaks *l, const struct g *g)
{
    for (uint32_t i = 0; i < l->halt.n; i++) {
        const struct halted *t = &l->halt.v[i];
        if (is_ours(t->m) && goroutine_at(t->m, t->sp) == g)
            return true;
    }
    return false;
}

static void search_other(struct g *g, void *arg)
{
    struct leaks *l = arg;
    if (g->alien || reach_index_of(&l->r, g) != SIZE_MAX)
        return;
    uintptr_t sp = (uintptr_t)g->ctx.sp, hi = (uintptr_t)g->stack_hi;
    search_near(l, (uintptr_t)g, (uintptr_t)(g + 1));
    if (g == ld_relaxed(&l->m->curg))
        search(l, l->frame, hi);
    else if (ld_relaxed(&g->status) != G_RUNNING)
        search_near(l, sp, hi);
    else if (!runs_on_stopped(l, g))
        search(l, (uintptr_t)g->stack_lo, hi);
}

/* A thread's own stack, if it is one of ours: what the scheduler keeps there, up to the
 * record of its context.  Above are the thread-local variables. */
static void without_g0(struct leaks *l, const struct g *g0)
{
    if (g0 && on_stack_of(g0, (uintptr_t)g0))
        without(l, (uintptr_t)g0->stack_lo, (uintptr_t)g0);
}

/* A go statement's call, on the stack of who made it; also long after. */
static void without_pending(struct leaks *l, const void *at)
{
    without(l, (uintptr_t)at, (uintptr_t)at + sizeof(void *));
}

/* In the scheduler a thread has nothing of the user's; but its registers are those of
 * the goroutine that ran before, as far as it did not need them, and so are the places
 * where it has saved them. */
static void search_thread(struct leaks *l, const struct halted *t)
{
    without_pending(l, t->pending);
    const struct g *g = is_ours(t->m) ? goroutine_at(t->m, t->sp) : NULL;
    bool in_scheduler = g && g == t->m->g0;
    without(l, t->alt.lo, in_scheduler ? t->alt.hi : t->frame.lo);
    if (!in_scheduler)
        search(l, t->frame.lo, t->frame.hi);
    if (!is_ours(t->m))
        return;
    without_g0(l, t->m->g0);
    if (g && !in_scheduler)
        search(l, t->sp - RED_ZONE, (uintptr_t)g->stack_hi);
    if (g && g == sched.main_g)
        without(l, (uintptr_t)g->stack_lo, t->sp - RED_ZONE);
    if (t->m->is_main)
        l->r.quiet = (struct span){ t->thread, t->thread + PTHREAD_HEAD };
}

/* The thread that runs here. */
static void search_self(struct leaks *l)
{
    without_pending(l, &go_call_pending_);
    const struct g *g = ld_relaxed(&l->m->curg);
    if (!is_ours(l->m)) {
        without(l, l->below.lo, l->below.hi);
        return;
    }
    if (g == sched.main_g)
        without(l, (uintptr_t)g->stack_lo, l->frame);
    without_g0(l, l->m->g0);
    if (l->m->is_main) {
        uintptr_t self = (uintptr_t)pthread_self();
        l->r.quiet = (struct span){ self, self + PTHREAD_HEAD };
    }
}

/* --- What does not count ---------------------------------------------------------------------- */

static void without_arena(char *lo, char *hi, void *arg)
{
    without(arg, (uintptr_t)lo, (uintptr_t)hi);
}

/* The main goroutine's stack is in no arena, its record in no stack. */
static void without_main(struct leaks *l)
{
    struct g *g = sched.main_g;
    if (!g)
        return;
    struct heap *h = heaps_find(&l->r.heaps, (uintptr_t)g);
    if (h)
        heap_visit(&l->r.heaps, h, (uintptr_t)g);
    without(l, (uintptr_t)g, (uintptr_t)(g + 1));
    if (ld_relaxed(&g->status) == G_DEAD)
        return;
    size_t i = reach_index_of(&l->r, g);
    if (i != SIZE_MAX)
        without(l, (uintptr_t)g->stack_lo, l->r.c[i].hi);
    else if (ld_relaxed(&g->status) != G_RUNNING)
        without(l, (uintptr_t)g->stack_lo, (uintptr_t)g->ctx.sp);
}

/* Beyond its timers a heap's array has what was there before. */
static void without_old_timers(struct leaks *l)
{
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp); i++) {
        const struct timers *t = &sched.allp[i]->timers;
        if (!t->heap)
            continue;
        struct heap *h = heaps_find(&l->r.heaps, (uintptr_t)t->heap);
        if (h)
            heap_visit(&l->r.heaps, h, (uintptr_t)t->heap);
        search(l, (uintptr_t)t->heap, (uintptr_t)(t->heap + t->n));
        without(l, (uintptr_t)(t->heap + t->n), (uintptr_t)(t->heap + t->cap));
    }
}

/* --- Stopping -------------------------------------------------------------------------------- */

/* A foreign thread inside the runtime may have taken a waiter out of a queue. */
static bool is_between(const struct halted *t)
{
    const struct m *m = t->m;
    return m->alien && ld_relaxed(&m->in_rt) && !ld_relaxed(&m->alien_parked);
}

static bool allocates(struct leaks *l, const struct halted *t)
{
    uintptr_t top[TOP_WORDS];
    size_t n = read_some(&l->r.reader, t->sp, top, sizeof top);
    return in_malloc(t->pc, top, n / sizeof *top);
}

static void pause_a_little(void)
{
    pause_ns(PAUSE_NS);
}

/* Stop all threads at a moment when none is between two steps of ours.  One that seems
 * to be in malloc for long is only somewhere near, or hangs there: then no heap is
 * taken for blocks. */
static int stop_threads(struct leaks *l)
{
    for (int i = 0;; i++) {
        bool between = false, allocating = false;
        int err = halt_begin(&l->halt);
        if (err)
            return err;
        for (uint32_t k = 0; k < l->halt.n; k++) {
            between |= is_between(&l->halt.v[k]);
            allocating |= allocates(l, &l->halt.v[k]);
        }
        l->r.opaque = allocating;
        if (!between && (!allocating || i >= TRIES / 2))
            return 0;
        halt_end(&l->halt);
        if (i >= TRIES)
            return -EAGAIN;
        pause_a_little();
    }
}

/* --- The search -------------------------------------------------------------------------------- */

enum { KNOWN_MAX = 64 };

/* Some blocks that malloc gave us. */
static size_t known_blocks(uintptr_t v[KNOWN_MAX])
{
    size_t n = 0;
    if (sched.main_g)
        v[n++] = (uintptr_t)sched.main_g;
    for (uint32_t i = 0; i < ld_acquire(&sched.nallp) && n < KNOWN_MAX / 2; i++)
        v[n++] = (uintptr_t)sched.allp[i];
    for (const struct m *m = ld_acquire(&sched.allm); m && n < KNOWN_MAX; m = m->all_link)
        v[n++] = (uintptr_t)m;
    return n;
}

static void find(void *arg)
{
    struct leaks *l = arg;
    struct reach *r = &l->r;
    uintptr_t known[KNOWN_MAX];
    all_g(collect, l);
    if (l->err || !r->nc)
        return;
    reach_sort(r);
    if (!regions_read(&r->regions)) {
        l->err = -ENOMEM;
        return;
    }
    if (!r->opaque)
        heaps_read(&r->heaps, &r->regions, &r->reader, known, known_blocks(known));
    reach_prepare(r);
    sort_out(r);
    stack_each_arena(without_arena, l);
    for (uint32_t i = 0; i < l->halt.n; i++)
        search_thread(l, &l->halt.v[i]);
    search_self(l);
    without_main(l);
    without_old_timers(l);
    without(l, (uintptr_t)l->halt.v, (uintptr_t)(l->halt.v + l->halt.cap));
    all_g(search_other, l);
    reach_roots(r);
    reach_all(r);
    l->err = r->failed ? -ENOMEM : 0;
}

/* In the order in which they were made. */
static void list_leaked(struct leaks *l)
{
    struct by_id {
        uintptr_t id;
        struct g *g;
    } *v = NULL;
    size_t n = 0, cap = 0;
    for (size_t i = 0; i < l->r.nc && !l->err; i++) {
        void *more = v;
        if (l->r.c[i].live)
            continue;
        if (!array_grow(&more, n, &cap, sizeof *v)) {
            l->err = -ENOMEM;
            break;
        }
        v = more;
        v[n++] = (struct by_id){ (uintptr_t)l->r.c[i].g->id, l->r.c[i].g };
    }
    sort_by_first(v, n, sizeof *v);
    for (size_t i = 0; i < n; i++)
        l->r.c[i].g = v[i].g; /* the candidates are not needed any more */
    l->n = n;
    array_free(v, cap, sizeof *v);
}

/* The world is stopped.  A thread that hangs in the ruins of memory is not our doing:
 * faults end the search. */
static void search_all(struct leaks *l)
{
    l->r.main_hi = start_of_main_stack();
    l->err = reader_open(&l->r.reader) ? stop_threads(l) : -ENOMEM;
    if (l->err)
        return;
    if (!guarded(find, l))
        l->err = -EFAULT;
    halt_end(&l->halt);
    if (!l->err)
        list_leaked(l);
}

/* --- The report -------------------------------------------------------------------------------- */

static void put_result(int fd, const struct leaks *l)
{
    struct writer w;
    if (fd < 0)
        return;
    writer_init(&w, fd);
    if (l->err == -ENOTSUP) {
        put_str(&w,
                "go_leaks: not possible under a sanitizer or Valgrind, or with packed stacks\n");
    } else if (l->err == -EAGAIN) {
        put_str(&w, "go_leaks: a thread of the program could not be stopped\n");
    } else if (l->err) {
        put_str(&w, l->err == -ENOMEM ? "go_leaks: out of memory\n"
                                      : "go_leaks: memory could not be read\n");
    } else {
        if (l->n)
            put_str(&w, "\n");
        put_dec(&w, l->n);
        put_str(&w, l->n == 1 ? " goroutine leaked\n" : " goroutines leaked\n");
    }
    writer_flush(&w);
}

/* The stack of a foreign thread, below the caller's frame, is full of what we have just
 * been looking at. */
static struct span stack_below(uintptr_t frame)
{
    pthread_attr_t attr;
    void *lo = NULL;
    size_t size = 0;
    if (pthread_getattr_np(pthread_self(), &attr) == 0) {
        pthread_attr_getstack(&attr, &lo, &size);
        pthread_attr_destroy(&attr);
    }
    bool here = frame >= (uintptr_t)lo && frame - (uintptr_t)lo < size;
    return here ? (struct span){ (uintptr_t)lo, frame } : (struct span){ 0, 0 };
}

/* What go_leaks has in its frame, and all above, is the user's. */
static never_inline int64_t leaks(int fd)
{
    struct leaks l = { .frame = (uintptr_t)__builtin_frame_address(0) };
    if (sanitizer_on || stack_watched || options.pack) {
        l.err = -ENOTSUP;
        put_result(fd, &l);
        return l.err;
    }
    heaps_prepare(&l.r.heaps);
    if (m_self()->alien)
        l.below = stack_below(l.frame);
    l.m = world_stop(rt_enter());
    search_all(&l);
    if (fd >= 0 && !l.err && l.n)
        dump_leaked(l.m, fd, &l.r.c[0].g, l.n, sizeof l.r.c[0]);
    else
        rt_exit(world_start(l.m));
    put_result(fd, &l);
    reach_free(&l.r);
    return l.err ? l.err : (int64_t)l.n;
}

/* Registers that a callee keeps are saved in this frame, where they are found; so it
 * must still be there during the call. */
int64_t go_leaks(int fd)
{
    __builtin_unwind_init();
    rt_exit(rt_enter()); /* the runtime has started */
    int64_t n = leaks(fd);
    compiler_barrier();
    return n;
}

static void leaks_at_exit(void)
{
    go_leaks(STDERR_FILENO);
}

void leaks_init(void)
{
    if (options.leaks)
        exit_hook = leaks_at_exit;
}

/* SPDX-License-Identifier: MIT */
/* A dump has two halves.  Collecting walks the goroutines and notes what they
 * are and their program counters; for go_dump the world stands still.  Printing
 * finds names and lines, and writes, while the program goes on: a tool may take
 * seconds, and a descriptor may block. */
#include "debug/dump.h"

#include "debug/backtrace.h"
#include "debug/crash.h"
#include "debug/unwind.h"
#include "base/options.h"
#include "os/clock.h"
#include "os/task.h"
#include "sched/cputime.h"
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/world.h"

#include <goroutine/debug.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static enum traceback traceback = TRACEBACK_SINGLE;

void traceback_read_env(void)
{
    static const char *const words[][5] = { { "none", "single", "all", "system", "crash" },
                                            { "0", "", "1", "2", "3" } };
    const char *s = getenv("GOTRACEBACK");
    for (int w = 0; s && w < 2; w++)
        for (int i = 0; i < 5; i++)
            if (*s && strcmp(s, words[w][i]) == 0)
                traceback = (enum traceback)i;
}

/* --- Collecting ------------------------------------------------------------- */

struct record {
    struct record *next;
    uint64_t id, parent, elided;
    uintptr_t created, fn;
    int64_t minutes; /* waited for */
    int64_t cpu;     /* ns, or -1 */
    const char *state;
    bool locked, alien, elsewhere, interrupted, begun, leaked;
    char name[24];
    uint32_t n;
    frame_t f[];
};

struct dump {
    struct scratch mem;
    struct record *first, **last;
    uint64_t lost;  /* goroutines for which there was no memory */
    struct g *self; /* the one that runs here, or NULL */
};

/* What one goroutine's collection hands to the guarded half. */
struct walk {
    bool here;
    struct context ctx;
    struct trace t;
};

static void walk(void *arg)
{
    struct walk *k = arg;
    if (k->here)
        trace_here(&k->t, crash_from());
    else
        trace_context(&k->t, &k->ctx);
}

/* Does the thread that runs g sleep in the kernel? */
static bool in_kernel(const struct g *g)
{
    const struct m *m = ld_acquire(&sched.allm);
    while (m && ld_relaxed(&m->curg) != g)
        m = m->all_link;
    return m && task_sleeps(m->tid);
}

static const char *state_text(const struct g *g, bool elsewhere)
{
    switch (ld_relaxed(&g->status)) {
    case G_RUNNABLE:
        return "runnable";
    case G_WAITING:
        return wait_reason_text(ld_relaxed(&g->reason));
    default:
        return elsewhere && in_kernel(g) ? "syscall" : "running";
    }
}

static void describe(struct record *r, const struct g *g, bool elsewhere)
{
    int64_t since = ld_relaxed(&g->since);
    r->id = g->id;
    r->parent = g->parent_id;
    r->created = (uintptr_t)g->created_pc;
    r->fn = (uintptr_t)g->fn;
    r->state = state_text(g, elsewhere);
    r->minutes =
        ld_relaxed(&g->status) == G_WAITING && since > 0 ? (clock_now() - since) / GO_MINUTE : 0;
    r->cpu = cputime_on() && !g->alien ? cputime_of(g) : -1;
    r->locked = g->locked_m != NULL;
    r->alien = g->alien;
    r->elsewhere = elsewhere;
    const char *name = ld_relaxed(&g->name);
    if (name) {
        strncpy(r->name, name, sizeof r->name - 1);
        r->name[sizeof r->name - 1] = '\0';
    }
}

static void collect(struct dump *d, struct g *g)
{
    uint8_t status = ld_acquire(&g->status); /* an alien publishes itself by it */
    if (status == G_DEAD || g->is_g0)
        return;
    struct walk k = { .here = g == d->self };
    bool elsewhere = !k.here && (g->alien || status == G_RUNNING);
    if (!elsewhere) {
        k.ctx = g->ctx;
        if (!guarded(walk, &k))
            k.t.n = 0;
    }
    struct record *r = scratch_alloc(&d->mem, sizeof *r + k.t.n * sizeof *r->f);
    if (!r) {
        d->lost++;
        return;
    }
    describe(r, g, elsewhere);
    r->begun = k.here || k.ctx.pc != (void *)(uintptr_t)go_start_;
    r->interrupted = k.t.interrupted;
    r->elided = k.t.elided;
    r->n = k.t.n;
    memcpy(r->f, k.t.f, k.t.n * sizeof *r->f);
    *d->last = r;
    d->last = &r->next;
}

static void collect_other(struct g *g, void *arg)
{
    struct dump *d = arg;
    if (g != d->self)
        collect(d, g);
}

static void dump_init(struct dump *d, struct g *self)
{
    *d = (struct dump){ .last = &d->first, .self = self };
}

/* --- Printing --------------------------------------------------------------- */

static bool show_runtime(void)
{
    return traceback >= TRACEBACK_SYSTEM;
}

/* In milliseconds, to the microsecond. */
static void put_cpu(struct writer *w, int64_t ns)
{
    uint64_t us = (uint64_t)ns / 1000;
    put_str(w, ", cpu ");
    put_dec(w, us / 1000);
    put_str(w, us % 1000 < 10 ? ".00" : us % 1000 < 100 ? ".0" : ".");
    put_dec(w, us % 1000);
    put_str(w, " ms");
}

/* goroutine 7 [chan receive, 5 minutes, cpu 1.234 ms, locked to thread, named "reader"]: */
static void print_header(struct writer *w, const struct record *r)
{
    put_str(w, "goroutine ");
    put_dec(w, r->id);
    put_str(w, " [");
    put_str(w, r->state);
    if (r->leaked)
        put_str(w, " (leaked)");
    if (r->minutes >= 1) {
        put_str(w, ", ");
        put_dec(w, (uint64_t)r->minutes);
        put_str(w, " minutes");
    }
    if (r->cpu >= 0)
        put_cpu(w, r->cpu);
    if (r->locked)
        put_str(w, ", locked to thread");
    if (r->alien)
        put_str(w, ", foreign thread");
    if (r->name[0]) {
        put_str(w, ", named \"");
        put_str(w, r->name);
        put_str(w, "\"");
    }
    put_str(w, "]:\n");
}

static void print_record(struct writer *w, const struct symbols *s, const struct record *r)
{
    const struct view v = { r->f, r->n, r->elided, r->interrupted, r->fn };
    print_header(w, r);
    if (r->elsewhere)
        put_str(w, "\tgoroutine running on other thread; stack unavailable\n");
    else if (!r->begun && r->fn)
        frame_print(w, s, frame_of(r->fn, true), show_runtime());
    else
        trace_print(w, s, &v, show_runtime());
    if (!r->elsewhere && r->n == 0 && !unwind_possible())
        put_str(w, "\tstack unavailable; link with -Wl,--eh-frame-hdr\n");
    if (r->created)
        creator_print(w, s, r->created, r->parent);
}

static void want_all(struct symbols *s, const struct dump *d)
{
    for (const struct record *r = d->first; r; r = r->next) {
        trace_want(s, r->f, r->n);
        if (r->fn)
            symbols_want(s, r->fn);
        if (r->created)
            symbols_want(s, r->created - 1);
    }
    symbols_resolve(s);
}

static void print_all(struct dump *d, int fd)
{
    struct writer w;
    struct symbols s;
    writer_init(&w, fd);
    symbols_init(&s, !options.no_lines);
    want_all(&s, d);
    for (const struct record *r = d->first; r; r = r->next) {
        print_record(&w, &s, r);
        if (r->next)
            put_str(&w, "\n");
    }
    if (d->lost) {
        put_str(&w, "\n...");
        put_dec(&w, d->lost);
        put_str(&w, " goroutines omitted: out of memory...\n");
    }
    writer_flush(&w);
    symbols_free(&s);
    scratch_free(&d->mem);
}

/* A thread that runs no goroutine failed: all there is to show is its stack. */
static void print_thread(int fd)
{
    struct walk k = { .here = true };
    struct writer w;
    struct symbols s;
    if (!guarded(walk, &k))
        return;
    writer_init(&w, fd);
    symbols_init(&s, !options.no_lines);
    trace_want(&s, k.t.f, k.t.n);
    symbols_resolve(&s);
    put_str(&w, "runtime stack:\n");
    const struct view v = { k.t.f, k.t.n, k.t.elided, k.t.interrupted, 0 };
    trace_print(&w, &s, &v, true);
    put_str(&w, "\n");
    writer_flush(&w);
    symbols_free(&s);
}

/* --- The reports ------------------------------------------------------------- */

static struct g *goroutine_here(void)
{
    const struct m *m = m_self();
    struct g *g = m == &m_none ? NULL : ld_relaxed(&m->curg);
    return g && !g->is_g0 ? g : NULL;
}

void go_dump(int fd)
{
    struct dump d;
    struct m *m = rt_enter();
    m = world_stop(m);
    dump_init(&d, goroutine_here());
    if (d.self)
        collect(&d, d.self);
    all_g(collect_other, &d);
    m = world_start(m);
    rt_exit(m);
    print_all(&d, fd);
}

void dump_leaked(struct m *m, int fd, struct g *const *v, size_t n, size_t stride)
{
    struct dump d;
    dump_init(&d, NULL);
    for (size_t i = 0; i < n; i++) {
        struct record **at = d.last;
        collect(&d, *(struct g *const *)(const void *)((const char *)v + i * stride));
        if (*at)
            (*at)->leaked = true;
    }
    m = world_start(m);
    rt_exit(m);
    print_all(&d, fd);
}

/* main's first call of the library may be the one that fails.  The main
 * goroutine does not exist yet, but it is what the user sees running. */
static bool is_main_unborn(void)
{
    return m_self() == &m_none && !sched.main_g && getpid() == (pid_t)syscall(SYS_gettid);
}

void dump_fatal(int all)
{
    struct dump d;
    struct g unborn = { .status = G_RUNNING, .id = 1 };
    if (traceback == TRACEBACK_NONE)
        return;
    dump_init(&d, is_main_unborn() ? &unborn : goroutine_here());
    if (d.self)
        collect(&d, d.self);
    else if (show_runtime())
        print_thread(STDERR_FILENO);
    if (all || traceback >= TRACEBACK_ALL)
        all_g(collect_other, &d);
    print_all(&d, STDERR_FILENO);
    if (traceback == TRACEBACK_CRASH)
        abort();
}

void dump_quit(bool *served)
{
    struct dump d;
    dump_init(&d, NULL);
    world_stop_from_sysmon();
    st_relaxed(served, true);
    all_g(collect_other, &d);
    print_all(&d, STDERR_FILENO);
}

void dump_end(void)
{
    if (traceback == TRACEBACK_CRASH)
        abort();
    _exit(2);
}

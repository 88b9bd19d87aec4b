/* SPDX-License-Identifier: MIT */
#include "debug/backtrace.h"

#include "arch/sanitize.h"
#include "arch/context.h"
#include "base/fatal.h"
#include "debug/crash.h"
#include "debug/unwind.h"
#include "sched/park.h"
#include "timer/heap.h"
#include "timer/timer.h"

#include <goroutine.h>
#include <string.h>

/* --- Taking ---------------------------------------------------------------- */

struct taking {
    struct trace *t;
    uint64_t seen;
    uint32_t skip;     /* frames of our own still to come */
    uintptr_t from;    /* 0, or drop what comes before this pc */
    uintptr_t pc, cfa; /* of the frame before */
};

/* More than any stack holds: an unwinder on a ruined stack may go in circles. */
#define FRAMES_MAX ((uint64_t)1 << 24)

static _Unwind_Reason_Code take_frame(struct _Unwind_Context *u, void *arg)
{
    struct taking *k = arg;
    int exact = 0;
    uintptr_t pc = _Unwind_GetIPInfo(u, &exact), cfa = _Unwind_GetCFA(u);
    if (pc == 0 || (pc == k->pc && cfa == k->cfa) || k->seen == FRAMES_MAX)
        return _URC_END_OF_STACK;
    k->pc = pc;
    k->cfa = cfa;
    if (k->skip > 0) {
        k->skip--;
        return _URC_NO_REASON;
    }
    if (k->from) {
        if (pc != k->from)
            return _URC_NO_REASON;
        k->from = 0;
    }
    uint64_t i = k->seen++;
    if (i >= TRACE_MAX)
        i = TRACE_INNER + (i - TRACE_MAX) % TRACE_OUTER;
    k->t->f[i] = frame_of(pc, exact);
    return _URC_NO_REASON;
}

/* The outer half was filled as a ring: put its oldest entry first. */
static void finish(const struct taking *k)
{
    struct trace *t = k->t;
    if (k->seen <= TRACE_MAX) {
        t->n = (uint32_t)k->seen;
        t->elided = 0;
        return;
    }
    t->n = TRACE_MAX;
    t->elided = k->seen - TRACE_MAX;
    frame_t ring[TRACE_OUTER];
    memcpy(ring, t->f + TRACE_INNER, sizeof ring);
    for (uint32_t i = 0; i < TRACE_OUTER; i++)
        t->f[TRACE_INNER + i] = ring[(t->elided + i) % TRACE_OUTER];
}

void trace_here(struct trace *t, uintptr_t from)
{
    struct taking k = { .t = t, .skip = 1, .from = from };
    if (unwind_possible())
        _Unwind_Backtrace(take_frame, &k);
    t->interrupted = from && k.seen > 0;
    if (from && k.seen == 0 && unwind_possible()) {
        k = (struct taking){ .t = t, .skip = 1 };
        _Unwind_Backtrace(take_frame, &k);
    }
    finish(&k);
}

void trace_context(struct trace *t, const struct context *ctx)
{
    struct taking k = { .t = t, .skip = 1 };
    if (unwind_possible())
        unwind_from_(ctx, take_frame, &k);
    t->interrupted = false;
    finish(&k);
}

void trace_want(struct symbols *s, const frame_t *f, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        symbols_want(s, frame_addr(f[i]));
}

/* --- What is the runtime's ------------------------------------------------- */

static const char *name_of(const struct symbols *s, frame_t f)
{
    const struct place *p = symbols_find(s, frame_addr(f));
    return p && p->name ? p->name : "";
}

/* The library, when it is a shared object. */
static const struct object *library(const struct symbols *s)
{
    uintptr_t own = (uintptr_t)trace_here;
    for (const struct object *o = s->objects; o; o = o->next)
        if (own >= o->lo && own < o->hi)
            return o->program ? NULL : o;
    return NULL;
}

/* The names of the public face, and only they, begin so; and in C++ its own are
 * in this name space, mangled or not. */
static bool is_api(const char *name)
{
    return strncmp(name, "go_", 3) == 0 || strstr(name, "go_cpp_");
}

static bool within(uintptr_t at, const uintptr_t *v, size_t n)
{
    uintptr_t lo = UINTPTR_MAX, hi = 0;
    for (size_t i = 0; i < n; i++) {
        lo = v[i] < lo ? v[i] : lo;
        hi = v[i] > hi ? v[i] : hi;
    }
    return at >= lo && at <= hi;
}

/* The functions through which a program dies; a compiler puts them apart, among
 * the cold code. */
static bool is_dying(const struct symbols *s, frame_t f)
{
    const uintptr_t v[] = { (uintptr_t)fatal, (uintptr_t)fatal_all, (uintptr_t)bug,
                            (uintptr_t)warn_once };
    const struct place *p = symbols_find(s, frame_addr(f));
    return within(frame_addr(f), v, sizeof v / sizeof *v) || (p && p->start == (uintptr_t)panic);
}

/* Linked statically, the library's code lies in one piece: in its one object, or
 * in the members of an archive, whose order is not known.  So these are from all
 * parts that can be in a trace. */
static bool is_in_piece(frame_t f)
{
    const uintptr_t v[] = {
        (uintptr_t)sanitize_init, (uintptr_t)go_start_,     (uintptr_t)trace_here,
        (uintptr_t)guarded,       (uintptr_t)go_dump,       (uintptr_t)frame_print,
        (uintptr_t)park,          (uintptr_t)yield,         (uintptr_t)park_until,
        (uintptr_t)park_alone,    (uintptr_t)go_yield,      (uintptr_t)go_spawn_,
        (uintptr_t)go_chan_make_, (uintptr_t)go_chan_send_, (uintptr_t)go_chan_recv_,
        (uintptr_t)go_select_,    (uintptr_t)go_mutex_lock, (uintptr_t)go_rwmutex_lock,
        (uintptr_t)go_cond_wait,  (uintptr_t)go_once_do,    (uintptr_t)go_waitgroup_wait,
        (uintptr_t)go_sleep,      (uintptr_t)timer_arm,     (uintptr_t)timer_disarm,
        (uintptr_t)timers_run,
    };
    return within(frame_addr(f), v, sizeof v / sizeof *v);
}

static bool is_library(const struct symbols *s, const struct object *lib, frame_t f)
{
    const struct place *p = symbols_find(s, frame_addr(f));
    if (is_api(name_of(s, f)))
        return true;
    return lib ? p && p->obj == lib : is_in_piece(f) || is_dying(s, f);
}

static bool is_certain(const struct symbols *s, frame_t f)
{
    return is_api(name_of(s, f)) || is_in_piece(f);
}

/* Small cold functions of the library lie elsewhere, and only their neighbours
 * tell them: on the way to the functions that end the program, or between these
 * and whatever of the library had called them.  What called its public face is not of
 * the library, though it may be called by it in turn: a deferred call that panics. */
static bool is_cold(const struct symbols *s, const frame_t *f, uint32_t i, uint32_t n)
{
    bool died = false;
    for (uint32_t k = 0; k < i; k++) {
        if (is_api(name_of(s, f[k])))
            return false;
        died = is_dying(s, f[k]) || (died && !is_certain(s, f[k]));
    }
    for (uint32_t k = i + 1; k < n && k <= i + 3; k++)
        if (is_dying(s, f[k]) || (died && is_certain(s, f[k])))
            return true;
    return false;
}

/* How many of the innermost frames belong to the runtime. */
static uint32_t count_top(const struct symbols *s, const frame_t *f, uint32_t n)
{
    const struct object *lib = library(s);
    uint32_t i = 0;
    while (i < n && (is_library(s, lib, f[i]) || (!lib && is_cold(s, f, i, n))))
        i++;
    return i;
}

/* A block of Clang, in which the call was packed (goroutine/call.h). */
static bool is_block(const struct symbols *s, const frame_t *f)
{
    return strstr(name_of(s, f[0]), "_block_invoke") &&
           strncmp(name_of(s, f[1]), "go_block_entry_", 15) == 0;
}

/* How many of the outermost: below the goroutine's function, or below main. */
static uint32_t count_bottom(const struct symbols *s, const frame_t *f, uint32_t n)
{
    const struct object *lib = library(s);
    uint32_t k = 0;
    while (k < n && is_library(s, lib, f[n - 1 - k]))
        k++;
    if (k > 0 && k < n && is_block(s, &f[n - 1 - k]))
        k++;
    if (k > 0)
        return k;
    for (; k < n; k++)
        if (strcmp(name_of(s, f[n - 1 - k]), "main") == 0)
            return k;
    return 0;
}

/* --- Printing --------------------------------------------------------------- */

static void put_function(struct writer *w, const char *name)
{
    put_str(w, name);
    /* A demangled name has its parameters already. */
    put_str(w, strchr(name, '(') ? "\n" : "(...)\n");
}

static void put_file(struct writer *w, const char *file, uint32_t number)
{
    put_str(w, "\t");
    put_str(w, file);
    put_str(w, ":");
    put_dec(w, number);
}

/* Inlined from our headers.  Templates lose their name space in a line. */
static bool is_plumbing(const struct line *l)
{
    return is_api(l->func) || strstr(l->file, "/goroutine/call");
}

/* Functions that the compiler inlined have no entry, so no offset.  Returns how
 * many were shown. */
static uint32_t put_inlined(struct writer *w, const struct line *l, bool all)
{
    uint32_t shown = 0;
    for (; l && l->outer; l = l->outer) {
        if (!l->func || !l->file || (!all && is_plumbing(l)))
            continue;
        put_function(w, l->func);
        put_file(w, l->file, l->number);
        put_str(w, "\n");
        shown++;
    }
    return shown;
}

/* The line in the function that the machine code belongs to. */
static const struct line *own_line(const struct place *p)
{
    const struct line *l = p ? p->lines : NULL;
    while (l && l->outer)
        l = l->outer;
    return l;
}

/* "\tfile:line +0xoffset"; without lines the file is the program or library. */
static void put_position(struct writer *w, const struct place *p, const struct line *l,
                         uintptr_t pc, bool all)
{
    if (l && l->file) {
        put_file(w, l->file, l->number);
    } else {
        put_str(w, "\t");
        put_str(w, p && p->obj && p->obj->path && *p->obj->path ? p->obj->path : "?");
    }
    put_str(w, " +");
    put_hex(w, p && p->name ? pc - p->start : p && p->obj ? pc - p->obj->base : pc);
    if (all) {
        put_str(w, " pc=");
        put_hex(w, pc);
    }
    put_str(w, "\n");
}

static const char *function_name(const struct place *p, const struct line *l)
{
    return l && l->func ? l->func : p ? p->name : NULL;
}

void frame_print(struct writer *w, const struct symbols *s, frame_t f, bool all)
{
    const struct place *p = symbols_find(s, frame_addr(f));
    const struct line *l = own_line(p);
    const char *name = function_name(p, l);
    put_inlined(w, p ? p->lines : NULL, all);
    if (name) {
        put_function(w, name);
    } else {
        put_hex(w, frame_pc(f));
        put_str(w, "(...)\n");
    }
    put_position(w, p, l, frame_pc(f), all);
}

static bool shows(const struct symbols *s, frame_t f, const struct place *fn)
{
    const struct place *p = symbols_find(s, frame_addr(f));
    return p && fn && p->start == fn->start;
}

/* What the go macros put between the runtime and the goroutine's function. */
static bool is_wrapper(const struct symbols *s, const struct object *lib, frame_t f)
{
    const struct place *p = symbols_find(s, frame_addr(f));
    return p && p->name && is_api(p->name) && (lib ? p->obj != lib : !is_in_piece(f));
}

/* The goroutine's function may be inlined into its wrapper.  Only lines tell
 * that; without them, or if its last call was a jump, where it begins is all
 * there is to show. */
static void put_entry(struct writer *w, const struct symbols *s, const struct view *v,
                      uint32_t first, uint32_t end)
{
    const struct place *fn = v->fn ? symbols_find(s, v->fn) : NULL, *p;
    const struct object *lib = library(s);
    bool shown = false;
    for (uint32_t i = first; i < end; i++)
        shown = shown || shows(s, v->f[i], fn);
    for (uint32_t i = 0; i < v->n; i++)
        if (is_wrapper(s, lib, v->f[i]) && (p = symbols_find(s, frame_addr(v->f[i]))))
            shown = put_inlined(w, p->lines, false) > 0 || shown;
    if (!shown && fn && fn->name && (first >= end || !is_api(fn->name)))
        frame_print(w, s, frame_of(v->fn, true), false);
}

/* Where the library calls the user back, its public functions are shown and what lies
 * between these and the user's is not. */
static void middle_print(struct writer *w, const struct symbols *s, const struct object *lib,
                         frame_t f)
{
    const struct place *p = symbols_find(s, frame_addr(f));
    if (is_wrapper(s, lib, f))
        put_inlined(w, p->lines, false);
    else if (is_api(name_of(s, f)) || !is_library(s, lib, f))
        frame_print(w, s, f, false);
}

void trace_print(struct writer *w, const struct symbols *s, const struct view *v, bool all)
{
    const struct object *lib = library(s);
    uint32_t first = all || v->interrupted ? 0 : count_top(s, v->f, v->n);
    uint32_t end = all ? v->n : v->n - count_bottom(s, v->f + first, v->n - first);
    for (uint32_t i = first; i < end; i++) {
        if (v->elided && i == TRACE_INNER) {
            put_str(w, "...");
            put_dec(w, v->elided);
            put_str(w, " frames elided...\n");
        }
        if (all || v->interrupted)
            frame_print(w, s, v->f[i], all);
        else
            middle_print(w, s, lib, v->f[i]);
    }
    if (!all)
        put_entry(w, s, v, first, end);
}

void creator_print(struct writer *w, const struct symbols *s, uintptr_t pc, uint64_t parent)
{
    const struct place *p = symbols_find(s, frame_addr(frame_of(pc, false)));
    const struct line *l = p ? p->lines : NULL;
    while (l && l->outer && l->func && is_api(l->func))
        l = l->outer;
    const char *name = function_name(p, l);
    put_str(w, "created by ");
    if (name)
        put_str(w, name);
    else
        put_hex(w, pc);
    if (parent) {
        put_str(w, " in goroutine ");
        put_dec(w, parent);
    }
    put_str(w, "\n");
    put_position(w, p, l, pc, false);
}

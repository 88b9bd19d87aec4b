/* SPDX-License-Identifier: MIT */
#include "debug/reach.h"

#include "chan/chan.h"
#include "sched/types.h"
#include "timer/go_timer.h"

#include <string.h>

/* --- What is known ------------------------------------------------------------------ */

bool reach_candidate(struct reach *r, struct g *g)
{
    void *v = r->c;
    if (!array_grow(&v, r->nc, &r->capc, sizeof *r->c))
        return false;
    r->c = v;
    struct candidate *c = &r->c[r->nc++];
    *c = (struct candidate){ .sp = (uintptr_t)g->ctx.sp, .hi = (uintptr_t)g, .g = g };
    if (g == sched.main_g) {
        c->hi = (uintptr_t)g->stack_hi < r->main_hi ? (uintptr_t)g->stack_hi : r->main_hi;
        r->main_sp = c->sp;
    }
    return true;
}

bool reach_object(struct reach *r, uintptr_t at, size_t candidate)
{
    void *v = r->o;
    if (!array_grow(&v, r->no, &r->capo, sizeof *r->o))
        return false;
    r->o = v;
    r->o[r->no++] = (struct object){ at, candidate };
    return true;
}

/* An object remembers its candidate by index; over the sort, by where its stack is. */
void reach_sort(struct reach *r)
{
    for (size_t i = 0; i < r->no; i++)
        r->o[i].candidate = r->c[r->o[i].candidate].sp;
    sort_by_first(r->c, r->nc, sizeof *r->c);
    sort_by_first(r->o, r->no, sizeof *r->o);
    for (size_t i = 0; i < r->no; i++)
        r->o[i].candidate = last_upto(r->c, r->nc, sizeof *r->c, r->o[i].candidate);
}

size_t reach_index_of(const struct reach *r, const struct g *g)
{
    uintptr_t key = g == sched.main_g ? r->main_sp : (uintptr_t)g;
    size_t i = last_upto(r->c, r->nc, sizeof *r->c, key);
    return i < r->nc && r->c[i].g == g ? i : SIZE_MAX;
}

/* --- Places ---------------------------------------------------------------------------- */

static struct candidate *stack_at(const struct reach *r, uintptr_t at)
{
    size_t i = last_upto(r->c, r->nc, sizeof *r->c, at);
    return i < r->nc && at < r->c[i].hi ? &r->c[i] : NULL;
}

static struct lone_channel *channel_at(const struct reach *r, uintptr_t at)
{
    size_t i = last_upto(r->l, r->nl, sizeof *r->l, at);
    return i < r->nl && at < r->l[i].hi ? &r->l[i] : NULL;
}

static void later(struct reach *r, uintptr_t lo, uintptr_t hi)
{
    spans_add(&r->near, lo, hi);
}

static void see_stack(struct reach *r, struct candidate *c);

/* All objects in [lo, hi) have been reached. */
static void reach_objects(struct reach *r, uintptr_t lo, uintptr_t hi)
{
    size_t i = lo ? last_upto(r->o, r->no, sizeof *r->o, lo - 1) : r->no;
    for (i = i < r->no ? i + 1 : 0; i < r->no && r->o[i].at < hi; i++)
        reach_live(r, r->o[i].candidate);
}

/* reach_objects and see_stack call each other, but each stack is seen once and each
 * candidate becomes live once; what is seen is only put on a list.  So that a chain of
 * them does not become a depth of calls, the objects on a stack wait for its turn. */
static void see_stack(struct reach *r, struct candidate *c)
{
    if (c->seen)
        return;
    c->seen = true;
    bool own_record = c->hi == (uintptr_t)c->g;
    later(r, c->sp, own_record ? (uintptr_t)(c->g + 1) : c->hi);
    if (!own_record)
        later(r, (uintptr_t)c->g, (uintptr_t)(c->g + 1));
}

void reach_live(struct reach *r, size_t i)
{
    if (r->c[i].live)
        return;
    r->c[i].live = true;
    see_stack(r, &r->c[i]);
}

static void hit_heap(struct reach *r, struct heap *h, uintptr_t v)
{
    struct span block = heap_visit(&r->heaps, h, v);
    if (block.lo == block.hi)
        return;
    later(r, block.lo, block.hi);
    reach_objects(r, block.lo, block.hi);
}

static bool is_quiet(const struct reach *r, const struct candidate *c, uintptr_t at)
{
    return c->sp == r->main_sp && at >= r->quiet.lo && at < r->quiet.hi;
}

static never_inline void hit(struct reach *r, uintptr_t v, uintptr_t at)
{
    struct candidate *c = stack_at(r, v);
    struct heap *h;
    struct lone_channel *l;
    if (c) {
        if (!is_quiet(r, c, at))
            see_stack(r, c);
    } else if ((h = heaps_find(&r->heaps, v))) {
        hit_heap(r, h, v);
    } else if ((l = channel_at(r, v)) && !l->reached) {
        l->reached = true;
        later(r, l->lo, l->hi);
        reach_objects(r, l->lo, l->hi);
    }
}

static void look(void *arg, uintptr_t at, const uintptr_t *v, size_t n)
{
    struct reach *r = arg;
    uintptr_t lo = r->lo, span = r->hi - r->lo;
    for (size_t i = 0; i < n; i++)
        if (unlikely(v[i] - lo < span))
            hit(r, v[i], at + i * sizeof *v);
}

/* --- Preparing ---------------------------------------------------------------------------- */

static void widen(struct reach *r, uintptr_t lo, uintptr_t hi)
{
    r->lo = lo < r->lo ? lo : r->lo;
    r->hi = hi > r->hi ? hi : r->hi;
}

static bool waits_on_channel(const struct g *g)
{
    return g->reason == WAIT_CHAN_RECV || g->reason == WAIT_CHAN_SEND || g->reason == WAIT_SELECT;
}

static void add_lone(struct reach *r, uintptr_t at)
{
    const struct go_chan_ *c = (const void *)at;
    uintptr_t hi = at + sizeof *c + c->cap * c->elem;
    if (c->timer)
        hi = (uintptr_t)(c->timer + 1);
    void *v = r->l;
    if (r->nl && r->l[r->nl - 1].lo == at)
        return; /* several wait on it: they come one after another */
    if (!array_grow(&v, r->nl, &r->capl, sizeof *r->l)) {
        r->failed = true;
        return;
    }
    r->l = v;
    r->l[r->nl++] = (struct lone_channel){ at, hi, false };
    spans_add(&r->without, at, hi);
}

static void place_object(struct reach *r, const struct object *o)
{
    if (stack_at(r, o->at) || heaps_find(&r->heaps, o->at))
        return;
    if (waits_on_channel(r->c[o->candidate].g) && regions_find(&r->regions, o->at))
        add_lone(r, o->at);
    else
        reach_live(r, o->candidate);
}

void reach_prepare(struct reach *r)
{
    r->lo = UINTPTR_MAX;
    r->hi = 0;
    for (size_t i = 0; i < r->no; i++)
        place_object(r, &r->o[i]);
    for (size_t i = 0; i < r->nc; i++)
        widen(r, r->c[i].sp, r->c[i].hi);
    for (size_t i = 0; i < r->heaps.n; i++)
        widen(r, r->heaps.v[i].lo, r->heaps.v[i].hi);
    for (size_t i = 0; i < r->nl; i++)
        widen(r, r->l[i].lo, r->l[i].hi);
}

/* --- The search ------------------------------------------------------------------------------ */

static void without_array(struct reach *r, const void *v, size_t cap, size_t size)
{
    spans_add(&r->without, (uintptr_t)v, (uintptr_t)v + cap * size);
}

static void without_own(struct reach *r)
{
    struct span b = reader_buffer(&r->reader);
    spans_add(&r->without, b.lo, b.hi);
    without_array(r, r->c, r->capc, sizeof *r->c);
    without_array(r, r->o, r->capo, sizeof *r->o);
    without_array(r, r->l, r->capl, sizeof *r->l);
    without_array(r, r->regions.v, r->regions.cap, sizeof *r->regions.v);
    without_array(r, r->heaps.v, r->heaps.cap, sizeof *r->heaps.v);
    for (size_t i = 0; i < r->heaps.n; i++) {
        const struct heap *h = &r->heaps.v[i];
        spans_add(&r->without, h->lo, h->hi);
        without_array(r, h->starts, 2 * h->words, sizeof *h->starts);
    }
    for (size_t i = 0; i < r->heaps.own.n; i++)
        spans_add(&r->without, r->heaps.own.v[i].lo, r->heaps.own.v[i].hi);
    without_array(r, r->heaps.own.v, r->heaps.own.cap, sizeof *r->heaps.own.v);
    without_array(r, r->work.v, r->work.cap, sizeof *r->work.v);
    without_array(r, r->near.v, r->near.cap, sizeof *r->near.v);
    without_array(r, r->without.v, r->without.cap, sizeof *r->without.v);
}

/* A list that grows while it is searched for moves to memory that no region shows. */
void reach_roots(struct reach *r)
{
    without_own(r);
    sort_by_first(r->without.v, r->without.n, sizeof *r->without.v);
    for (size_t i = 0; i < r->regions.n; i++)
        spans_without(&r->work, r->regions.v[i].lo, r->regions.v[i].hi, &r->without);
}

static bool read_all_pages(const struct reach *r, uintptr_t at)
{
    const struct region *x = regions_find(&r->regions, at);
    return x && x->shared && x->hi - x->lo < ((uintptr_t)1 << 32);
}

/* Without the kernel's help, which costs more than the words of a stack. */
static void search_near(struct reach *r, struct span s)
{
    const uintptr_t word = sizeof(uintptr_t), lo = (s.lo + word - 1) & ~(word - 1);
    struct candidate *c = stack_at(r, s.lo);
    if (s.hi > lo)
        look(r, lo, (const uintptr_t *)lo, (s.hi - lo) / word);
    if (c && c->seen)
        reach_objects(r, c->sp, c->hi);
}

void reach_all(struct reach *r)
{
    while (!r->work.lost && !r->near.lost && r->work.n + r->near.n) {
        while (r->near.n)
            search_near(r, r->near.v[--r->near.n]);
        if (r->work.n) {
            struct span s = r->work.v[--r->work.n];
            read_words(&r->reader, s.lo, s.hi, read_all_pages(r, s.lo), look, r);
        }
    }
    r->failed |= r->work.lost || r->near.lost || r->without.lost || r->heaps.own.lost;
}

void reach_free(struct reach *r)
{
    array_free(r->c, r->capc, sizeof *r->c);
    array_free(r->o, r->capo, sizeof *r->o);
    array_free(r->l, r->capl, sizeof *r->l);
    regions_free(&r->regions);
    heaps_free(&r->heaps);
    spans_free(&r->work);
    spans_free(&r->near);
    spans_free(&r->without);
    reader_close(&r->reader);
}

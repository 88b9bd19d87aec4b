/* SPDX-License-Identifier: MIT */
#include "sched/g.h"

#include "sched/alien.h"

#include <string.h>

/* Spare goroutines that a P keeps, and how many ids it takes at a time. */
enum { CACHE_MAX = 2 * STACK_BATCH, ID_BATCH = 64 };

static struct g *g_init(const struct stack *s)
{
    struct g *g = g_at(s->hi);
    memset(g, 0, sizeof *g);
    g->stack_lo = s->lo;
    g->stack_hi = s->hi;
    g->stack_class = s->class;
    if (unlikely(sanitizer_on))
        fiber_create(&g->fiber);
    return g;
}

static struct g *g_refill(struct p *p)
{
    struct stack s[STACK_BATCH];
    int n = stack_alloc(
        0, s, p->ngfree == 0 && ld_relaxed(&sched.goid_next) < 2 * ID_BATCH ? 4 : STACK_BATCH);
    for (int i = 1; i < n; i++) {
        struct g *g = g_init(&s[i]);
        g->link = p->gfree;
        p->gfree = g;
        p->ngfree++;
    }
    return n > 0 ? g_init(&s[0]) : NULL;
}

struct g *g_get(struct p *p, int class)
{
    if (likely(p && class == 0)) {
        struct g *g = p->gfree;
        if (likely(g != NULL)) {
            p->gfree = g->link;
            p->ngfree--;
            return g;
        }
        return g_refill(p);
    }
    struct stack s;
    return stack_alloc(class, &s, 1) == 1 ? g_init(&s) : NULL;
}

static void g_release(struct g *g)
{
    struct stack s = { g->stack_lo, g->stack_hi, g->stack_class, true };
    if (unlikely(sanitizer_on))
        fiber_destroy(&g->fiber);
    if (unlikely(stack_watched))
        stack_clean(g->stack_lo, g->stack_hi);
    stack_free(&s, 1);
}

void g_put(struct p *p, struct g *g)
{
    if (g->stack_class != 0) {
        g_release(g);
        return;
    }
    if (unlikely(stack_watched))
        stack_clean(g->stack_lo, (char *)g);
    g->link = p->gfree;
    p->gfree = g;
    if (unlikely(++p->ngfree > CACHE_MAX))
        g_cache_flush(p, CACHE_MAX / 2);
}

void g_cache_flush(struct p *p, uint32_t keep)
{
    struct g **at = &p->gfree;
    for (uint32_t i = 0; i < keep && *at; i++)
        at = &(*at)->link;
    struct g *g = *at, *next;
    *at = NULL;
    for (; g; g = next) {
        next = g->link;
        p->ngfree--;
        g_release(g);
    }
}

struct visit {
    void (*visit)(struct g *, void *);
    void *arg;
};

static void visit_top(char *lo, char *hi, void *arg)
{
    struct visit *v = arg;
    struct g *g = g_at(hi);
    (void)lo;
    if (ld_acquire(&g->status) != G_DEAD && !g->is_g0)
        v->visit(g, v->arg);
}

void all_g(void (*visit)(struct g *g, void *arg), void *arg)
{
    struct visit v = { visit, arg };
    struct g *main_g = ld_acquire(&sched.main_g);
    if (main_g && ld_relaxed(&main_g->status) != G_DEAD)
        visit(main_g, arg);
    stack_each_top(visit_top, &v);
    alien_each(visit, arg);
}

struct g *stack_guard_owner(const void *addr)
{
    char *hi = stack_guard_top(addr);
    return hi ? g_at(hi) : NULL;
}

uint64_t goid_take(struct p *p)
{
    if (!p)
        return __atomic_fetch_add(&sched.goid_next, 1, __ATOMIC_RELAXED) + 1;
    if (p->goid == p->goid_end) {
        p->goid = __atomic_fetch_add(&sched.goid_next, ID_BATCH, __ATOMIC_RELAXED);
        p->goid_end = p->goid + ID_BATCH;
    }
    return ++p->goid;
}

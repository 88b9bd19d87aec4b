/* SPDX-License-Identifier: MIT */
/* The go statement. */
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/limit.h"
#include "sched/park.h"
#include "sched/runq.h"
#include "sched/spawn.h"

#include <errno.h>
#include <goroutine/go.h>
#include <string.h>

enum { ARGS_ALIGN = 64 };

#define NO_STACK "out of memory (stack for a new goroutine)"

/* newq is full: 64 goroutines that the caller made have not run.  Let them,
 * while their stacks are warm; the caller goes on behind them.  This also keeps
 * one that spawns without end from filling the memory. */
static struct m *let_them_run(struct m *m)
{
    if (m->curg->locked_m) {
        newq_share(m->p);
        return m;
    }
    return yield(m);
}

/* true: newq is full now. */
static inline __attribute__((always_inline)) bool enqueue(struct m *m, struct g *g)
{
    struct p *p = m->p;
    if (unlikely(!p)) {
        limit_foreign(m);
        ready_global(g);
        return false;
    }
    if (unlikely(p->newq_n == NEWQ_SIZE))
        newq_share(p); /* we ran again before they did: out of turn */
    uint32_t n = p->newq_n;
    st_relaxed(&p->live, p->live + 1);
    p->newq[n] = g;
    st_relaxed(&p->newq_n, n + 1);
    wake_hint();
    return n + 1 == NEWQ_SIZE;
}

static void set_name(struct g *g, const char *name)
{
    strncpy(g->name_buf, name, sizeof g->name_buf - 1);
    g->name_buf[sizeof g->name_buf - 1] = '\0';
    g->name = g->name_buf;
}

/* What a new goroutine gets besides its place in a queue. */
static inline __attribute__((always_inline)) void set_up(struct m *m, struct g *g,
                                                         void (*entry)(void *), const void *args,
                                                         size_t size, struct origin from)
{
    char *top = (char *)(((uintptr_t)g - size) & ~(uintptr_t)(ARGS_ALIGN - 1));
    memcpy(top, args, size);
    context_init(&g->ctx, top);
    g->entry = entry;
    g->args = top;
    g->fn = from.fn;
    g->created_pc = from.pc;
    g->parent_id = from.parent_id;
    g->id = goid_take(m->p);
    g->name = NULL;
    g->eh[0] = g->eh[1] = NULL;
}

static inline __attribute__((always_inline)) int spawn(const go_attr *attr, void (*entry)(void *),
                                                       const void *args, size_t size,
                                                       const void *fn, void *pc,
                                                       enum limit_mode mode, uint64_t *id)
{
    if (unlikely(!fn))
        fatal("go of nil func value");
    struct m *m = rt_enter(); /* also starts the runtime: the classes are known */
    if (unlikely(limit_on())) {
        struct m *in = limit_admit(m, mode);
        if (!in) {
            rt_exit(m);
            return -EAGAIN;
        }
        m = in;
    }
    int class = attr ? stack_class(attr->stack) : 0;
    struct g *g = class >= 0 ? g_get(m->p, class) : NULL;
    if (unlikely(!g)) {
        limit_unspent(m);
        rt_exit(m);
        return -ENOMEM;
    }
    set_up(m, g, entry, args, size, (struct origin){ fn, pc, m->curg->id });
    if (unlikely(attr && attr->name))
        set_name(g, attr->name);
    if (id)
        *id = g->id;
    st_release(&g->status, (uint8_t)G_RUNNABLE); /* pairs with all_g */
    if (unlikely(enqueue(m, g)))
        m = let_them_run(m);
    rt_exit(m);
    return 0;
}

bool spawn_inside(struct m *m, void (*entry)(void *), const void *args, size_t size,
                  struct origin from)
{
    if (unlikely(limit_on()))
        limit_admit(m, LIMIT_FORCE);
    struct g *g = g_get(m->p, 0);
    if (!g) {
        limit_unspent(m);
        return false;
    }
    set_up(m, g, entry, args, size, from);
    st_release(&g->status, (uint8_t)G_RUNNABLE); /* pairs with all_g */
    if (unlikely(!m->p)) {
        limit_foreign(m);
        ready_global(g);
        return true;
    }
    st_relaxed(&m->p->live, m->p->live + 1);
    ring_push(m->p, g); /* first come, first served: what a timer starts is not newest first */
    wake_hint();
    return true;
}

int go_spawn_(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
              const void *fn)
{
    return spawn(attr, entry, args, size, fn, __builtin_return_address(0), LIMIT_TRY, NULL);
}

void go_spawn_or_die_(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
                      const void *fn)
{
    if (unlikely(
            spawn(attr, entry, args, size, fn, __builtin_return_address(0), LIMIT_WAIT, NULL) != 0))
        fatal(NO_STACK);
}

void spawn_with_id(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
                   struct origin from, uint64_t *id)
{
    if (unlikely(spawn(attr, entry, args, size, from.fn, from.pc, LIMIT_WAIT, id) != 0))
        fatal(NO_STACK);
}

void go_set_name(const char *name)
{
    struct m *m = rt_enter();
    set_name(m->curg, name ? name : "");
    rt_exit(m);
}

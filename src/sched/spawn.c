/* SPDX-License-Identifier: MIT */
/* The go statement. */
#include "sched/entry.h"
#include "sched/g.h"
#include "sched/idle.h"
#include "sched/park.h"
#include "sched/runq.h"

#include <errno.h>
#include <goroutine/go.h>
#include <string.h>

enum { ARGS_ALIGN = 64 };

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

static struct m *enqueue(struct m *m, struct g *g)
{
    struct p *p = m->p;
    if (unlikely(!p)) {
        add_relaxed(&sched.live_elsewhere, 1);
        ready_global(g);
        return m;
    }
    if (unlikely(p->newq_n == NEWQ_SIZE))
        newq_share(p); /* we ran again before they did: out of turn */
    uint32_t n = p->newq_n;
    st_relaxed(&p->live, p->live + 1);
    p->newq[n] = g;
    st_relaxed(&p->newq_n, n + 1);
    wake_hint();
    return n + 1 == NEWQ_SIZE ? let_them_run(m) : m;
}

static void set_name(struct g *g, const char *name)
{
    strncpy(g->name_buf, name, sizeof g->name_buf - 1);
    g->name_buf[sizeof g->name_buf - 1] = '\0';
    g->name = g->name_buf;
}

static inline __attribute__((always_inline)) int spawn(const go_attr *attr, void (*entry)(void *),
                                                       const void *args, size_t size,
                                                       const void *fn, void *pc)
{
    if (unlikely(!fn))
        fatal("go of nil func value");
    struct m *m = rt_enter(); /* also starts the runtime: the classes are known */
    int class = attr ? stack_class(attr->stack) : 0;
    struct g *g = class >= 0 ? g_get(m->p, class) : NULL;
    if (unlikely(!g)) {
        rt_exit(m);
        return -ENOMEM;
    }
    char *top = (char *)(((uintptr_t)g - size) & ~(uintptr_t)(ARGS_ALIGN - 1));
    memcpy(top, args, size);
    context_init(&g->ctx, top);
    g->entry = entry;
    g->args = top;
    g->fn = fn;
    g->created_pc = pc;
    g->parent_id = m->curg->id;
    g->id = goid_take(m->p);
    g->name = NULL;
    g->eh[0] = g->eh[1] = NULL;
    if (unlikely(attr && attr->name))
        set_name(g, attr->name);
    st_release(&g->status, (uint8_t)G_RUNNABLE); /* pairs with all_g */
    m = enqueue(m, g);
    rt_exit(m);
    return 0;
}

int go_spawn_(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
              const void *fn)
{
    return spawn(attr, entry, args, size, fn, __builtin_return_address(0));
}

void go_spawn_or_die_(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
                      const void *fn)
{
    if (unlikely(spawn(attr, entry, args, size, fn, __builtin_return_address(0)) != 0))
        fatal("out of memory (stack for a new goroutine)");
}

void go_set_name(const char *name)
{
    struct m *m = rt_enter();
    set_name(m->curg, name ? name : "");
    rt_exit(m);
}

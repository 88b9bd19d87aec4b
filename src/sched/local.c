/* SPDX-License-Identifier: MIT */
/* Goroutine-local values: a short list on each goroutine that uses any. */
#include "sched/local.h"

#include "base/alloc.h"
#include "sched/defer.h"
#include "sched/entry.h"

#include <errno.h>
#include <goroutine/go.h>

struct local_slot {
    struct local_slot *next;
    go_local *key;
    void *value;
};

/* Values may set others again while they are destroyed; as pthread keys do, we
 * go round a bounded number of times, and forget the rest. */
enum { ROUNDS = 4 };

/* [owner] only the goroutine itself comes here, so no lock. */
static struct g *self(void)
{
    struct m *m = rt_enter();
    struct g *g = m->curg;
    rt_exit(m);
    return g;
}

static struct local_slot *find(struct g *g, const go_local *key)
{
    struct local_slot *s = g->locals;
    while (s && s->key != key)
        s = s->next;
    return s;
}

void *go_local_get(go_local *key)
{
    struct local_slot *s = find(self(), key);
    return s ? s->value : NULL;
}

int go_local_set(go_local *key, void *value)
{
    struct g *g = self();
    struct local_slot *s = find(g, key);
    if (!s) {
        s = rt_calloc(1, sizeof *s);
        if (!s)
            return -ENOMEM;
        s->key = key;
        s->next = g->locals;
        g->locals = s;
    }
    s->value = value;
    return 0;
}

/* Not destroyed yet; on the stack of the goroutine that ends. */
struct rest {
    struct g *g;
    struct local_slot *first;
};

/* A destructor has called go_exit: the others are not forgotten by that. */
static void put_back(void *rest)
{
    struct rest *r = rest;
    struct local_slot **last = &r->g->locals;
    while (*last)
        last = &(*last)->next;
    *last = r->first;
}

void locals_destroy(struct g *g)
{
    struct rest r = { .g = g };
    struct go_defer_ d;
    defer_push(g, &d, DEFER_AT_END, put_back, &r);
    for (int round = 0; g->locals; round++) {
        r.first = g->locals;
        g->locals = NULL;
        for (struct local_slot *s; (s = r.first);) {
            struct local_slot now = *s;
            r.first = s->next;
            free(s);
            if (now.value && now.key->destroy && round < ROUNDS)
                now.key->destroy(now.value);
        }
    }
    (void)defer_pop(g, &d);
}

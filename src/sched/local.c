/* SPDX-License-Identifier: MIT */
/* Goroutine-local values: a short list on each goroutine that uses any. */
#include "sched/local.h"

#include "base/alloc.h"
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

void locals_destroy(struct g *g)
{
    for (int round = 0; g->locals; round++) {
        struct local_slot *s = g->locals, *next;
        g->locals = NULL;
        for (; s; s = next) {
            next = s->next;
            if (s->value && s->key->destroy && round < ROUNDS)
                s->key->destroy(s->value);
            free(s);
        }
    }
}

/* SPDX-License-Identifier: MIT */
/* A waiter on each descriptor, all with one claim; the timer and the context are two more
 * that may claim.  As in chan/select.c a gate keeps whoever has claimed from readying us
 * before we have parked: it is held from before the first waiter is queued, and freed by
 * the incoming side. */
#include "net/several.h"

#include "sched/chaos.h"
#include "sched/entry.h"
#include "sched/io.h"

#include <errno.h>
#include <sched.h>

/* Lives on the stack of the waiter until all records have been taken back. */
struct several {
    struct awaited *a;
    int n;          /* queued, from the first on */
    uint32_t claim; /* 0, or somebody has the duty to wake us */
    uint32_t gate;
    struct g *g;
    int err; /* written by who claimed, if it is one of ours, before ready */
    struct timer timer;
    struct watcher watcher;
    struct cancel *cancel;
};

static void end(struct m *m, struct several *s, int err)
{
    if (!cas(&s->claim, 0u, UINT32_MAX))
        return;
    s->err = err;
    waiter_wait_gate(&s->gate);
    ready(m, s->g);
}

static void expired(struct m *m, struct timer *t)
{
    end(m, t->arg, -ETIMEDOUT);
}

static struct cancel *cancelled(struct m *m, struct watcher *w)
{
    struct several *s = (struct several *)(void *)((char *)w - offsetof(struct several, watcher));
    end(m, s, cancel_why(s->cancel));
    return NULL;
}

/* false: something has happened to one of them. */
static bool enqueue_all(struct m *m, struct several *s, int n)
{
    for (; s->n < n; s->n++) {
        struct awaited *a = &s->a[s->n];
        a->w = (struct go_waiter_){ .g = s->g, .claim = &s->claim, .obj = &s->gate };
        if (desc_enqueue(m, a->d, a->side, a->seen, &a->w) != 0)
            return false;
    }
    return true;
}

static void dequeue_all(struct several *s)
{
    for (int i = 0; i < s->n; i++)
        desc_dequeue(s->a[i].d, s->a[i].side, &s->a[i].w);
}

/* The bounds; false: it is too late to begin, and why is in err. */
static bool arm(struct m *m, struct several *s, struct until u, bool *watched)
{
    *watched = u.cancel && cancel_watch(u.cancel, &s->watcher);
    if (u.cancel && !*watched) {
        s->err = cancel_why(u.cancel);
        return false;
    }
    if (u.deadline != INT64_MAX && timer_arm(m, &s->timer, u.deadline) != 0)
        fatal("out of memory");
    return true;
}

/* Nobody has claimed us yet: we do so ourselves, and do not park.  Else we must, for he
 * who did is on his way to wake us. */
static bool withdraw(struct several *s)
{
    return cas(&s->claim, 0u, UINT32_MAX);
}

static int park_several(struct m *m, struct several *s, int n, struct until u)
{
    bool watched = false, armed = false;
    bool parks = enqueue_all(m, s, n);
    if (parks)
        parks = armed = arm(m, s, u, &watched);
    if (parks || !withdraw(s)) {
        if (!parks)
            s->err = 0;
        m = park(m, &s->gate, WAIT_IO);
    }
    if (armed && u.deadline != INT64_MAX)
        timer_disarm(m, &s->timer);
    if (watched)
        cancel_unwatch(u.cancel, &s->watcher);
    dequeue_all(s);
    io_waits(m, -1);
    rt_exit(m);
    return s->err;
}

int several_wait(struct awaited *a, int n, struct until u)
{
    for (int i = 0; i < n; i++) {
        /* Of a file, which cannot be polled, only the end is waited for. */
        int err = desc_kind(a[i].d) == DESC_FILE ? 0 : desc_register(a[i].d);
        if (err)
            return err;
    }
    int over = until_over(u);
    if (over)
        return over;
    struct m *m = rt_enter();
    struct several s = { .a = a,
                         .gate = 1,
                         .g = m->curg,
                         .timer = { .fire = expired, .arg = &s },
                         .watcher = { .fire = cancelled },
                         .cancel = u.cancel };
    io_waits(m, 1);
    if (unlikely(!m->p))
        io_attend();
    if (unlikely(chaos_on) && chaos_one_in(m, 8))
        sched_yield(); /* let an event come between the look and the park */
    return park_several(m, &s, n, u);
}

/* SPDX-License-Identifier: MIT */
/* go_handle: a goroutine's end, kept for the one who waits for it.
 *
 * The handle belongs to the goroutine and to its holder, who gives it back by a join
 * or by go_detach.  It is freed by the second of the two: by a join, which finds ended
 * or is woken by it; by go_detach, which finds ended; else by the goroutine, which
 * finds detached.
 *
 * Invariants, whenever q.lock_ is free:
 *  J1  somebody is queued => neither ended nor detached.  At most one.
 *  J2  not both ended and detached.
 *  J3  g is not NULL => that goroutine is alive, and this is its handle.
 * Checked by join_verify().
 *
 * Last accesses: the goroutine's is the freeing of the lock, unless it found detached;
 * so a join always takes the lock, and readying comes after. */
#include "base/alloc.h"
#include "sched/cputime.h"
#include "sched/defer.h"
#include "sched/spawn.h"
#include "sync/check_sync.h"
#include "sync/waiting.h"

#include <goroutine/join.h>

struct go_handle {
    go_waitq_ q;   /* lock_ protects what follows, but for id */
    bool ended;    /* set by the goroutine */
    bool detached; /* set by the holder */
    struct g *g;   /* atomic: set without the lock when it begins, cleared under it */
    int64_t cpu;   /* once ended */
    uint64_t id;   /* immutable once go_join_start_ has returned */
};

/* --- The goroutine ------------------------------------------------------------ */

static void end(void *arg)
{
    go_handle *h = arg;
    struct g *g = this_g();
    if (unlikely(g->locals != NULL))
        locals_destroy_then(g, end, h);
    struct m *m = rt_enter();
    int64_t cpu = cputime_self(m);
    spin_lock_word(&h->q.lock_);
    bool detached = h->detached;
    st_relaxed(&h->g, NULL);
    h->cpu = cpu;
    h->ended = true;
    struct go_waiter_ *w = waitq_pop(&h->q);
    spin_unlock_word(&h->q.lock_);
    if (w)
        ready(m, w->g);
    rt_exit(m);
    if (detached)
        free(h);
}

void go_join_run_(void *p)
{
    struct go_join_call_ *c = p;
    go_handle *h = c->handle;
    struct go_defer_ d;
    struct g *g = this_g();
    st_release(&h->g, g); /* pairs with go_handle_cpu_time */
    defer_push(g, &d, DEFER_AT_END, end, h);
    c->entry(c + 1);
    (void)defer_pop(g, &d);
    end(h);
}

go_handle *go_join_start_(const go_attr *attr, struct go_join_call_ *call, size_t size,
                          const void *fn)
{
    go_handle *h = rt_calloc(1, sizeof *h);
    if (!h)
        fatal("out of memory (handle of a new goroutine)");
    call->handle = h;
    spawn_with_id(attr, go_join_run_, call, size,
                  (struct origin){ .fn = fn, .pc = __builtin_return_address(0) }, &h->id);
    return h;
}

/* --- The holder ---------------------------------------------------------------- */

#define MISUSE "go_join: another goroutine is joining this one"

static inline int join(go_handle *h, struct until u)
{
    struct sync_waiter sw = { 0 };
    int err = 0, late = until_over(u);
    struct m *m = rt_enter();
    spin_lock_word(&h->q.lock_);
    bool taken = h->q.head_ != NULL;
    if (h->ended || late || taken) {
        err = h->ended ? 0 : late;
        spin_unlock_word(&h->q.lock_);
    } else {
        sync_waiter_init(&sw, m, u);
        waitq_push(&h->q, &sw.w);
        err = sync_park(&m, &h->q.lock_, &h->q, &sw, WAIT_JOIN, u);
    }
    rt_exit(m);
    if (unlikely(taken))
        panic(MISUSE);
    if (!err)
        free(h);
    return err;
}

void go_join(go_handle *h)
{
    (void)join(h, until_forever());
}

int go_join_until(go_handle *h, int64_t deadline)
{
    return join(h, until_time(deadline));
}

int go_join_ctx(go_handle *h, go_context *ctx)
{
    return join(h, until_context(ctx));
}

void go_detach(go_handle *h)
{
    struct m *m = rt_enter();
    spin_lock_word(&h->q.lock_);
    bool ended = h->ended, taken = h->q.head_ != NULL;
    h->detached = !ended && !taken;
    spin_unlock_word(&h->q.lock_);
    rt_exit(m);
    if (unlikely(taken))
        panic(MISUSE);
    if (ended)
        free(h);
}

uint64_t go_handle_id(const go_handle *h)
{
    return h->id;
}

/* The goroutine is alive as long as the lock is held. */
int64_t go_handle_cpu_time(go_handle *h)
{
    struct m *m = rt_enter();
    spin_lock_word(&h->q.lock_);
    struct g *g = ld_acquire(&h->g);
    int64_t t = h->ended ? h->cpu : g ? cputime_of(g) : 0;
    spin_unlock_word(&h->q.lock_);
    rt_exit(m);
    return t;
}

void join_verify(go_handle *h)
{
    spin_lock_word(&h->q.lock_);
    const struct go_waiter_ *w = h->q.head_;
    const struct g *g = ld_acquire(&h->g);
    ensure(w == h->q.tail_ && (w != NULL) == h->q.len_);                             /* J1, Q1 */
    ensure(!w || (w->queued && !w->next && !w->prev));                               /* J1, Q1 */
    ensure((w != NULL) + h->ended + h->detached <= 1);                               /* J1, J2 */
    ensure(!g || (!h->ended && g->id == h->id && ld_relaxed(&g->status) != G_DEAD)); /* J3 */
    spin_unlock_word(&h->q.lock_);
}

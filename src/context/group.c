/* SPDX-License-Identifier: MIT */
/* Groups: a context, a count, and places if there is a limit.
 *
 *   places  a channel with as many elements as goroutines may run: who enters sends,
 *           who ends receives.  So those who wait for a place are served in order.
 *   running counts down last: as soon as it is 0, go_group_wait may free the group.
 */
#include "context/tree.h"

#include "base/alloc.h"
#include "sched/defer.h"
#include "sync/waitgroup.h"

#include <goroutine/call.h>
#include <goroutine/group.h>

struct go_group {
    go_context *ctx; /* immutable, held */
    go_waitgroup running;
    struct go_chan_ *places; /* changed while nobody runs or enters; NULL: no limit */
    int err;                 /* atomic: what the first to fail returned, else 0 */
};

go_group *go_group_new(go_context *parent)
{
    go_group *g = rt_calloc(1, sizeof *g);
    if (!g)
        fatal("out of memory");
    g->ctx = go_context_with_cancel(parent ? parent : go_context_background());
    return g;
}

go_context *go_group_context(go_group *g)
{
    return g->ctx;
}

void go_group_set_limit(go_group *g, int n)
{
    int32_t active = wg_count(ld_acquire(&g->running.state_)); /* pairs with their end */
    if (active)
        panic("errgroup: modify limit while %d goroutines in the group are still active", active);
    go_chan_drop_(g->places);
    g->places = n < 0 ? NULL : go_chan_make_(0, n);
}

void go_group_enter_(go_group *g)
{
    if (g->places)
        go_chan_send_(g->places, NULL);
    go_waitgroup_add(&g->running, 1);
}

bool go_group_try_enter_(go_group *g)
{
    if (g->places && go_chan_try_send_(g->places, NULL) != 0)
        return false;
    go_waitgroup_add(&g->running, 1);
    return true;
}

static int entered(go_group *g, int err)
{
    if (!err)
        go_waitgroup_add(&g->running, 1);
    return err;
}

int go_group_enter_until_(go_group *g, int64_t deadline)
{
    return entered(g, g->places ? go_chan_send_until_(g->places, NULL, deadline) : 0);
}

int go_group_enter_ctx_(go_group *g, go_context *ctx)
{
    return entered(g, g->places ? go_chan_send_ctx_(g->places, NULL, ctx) : 0);
}

/* The first decides, as Go's once does. */
static void fail(go_group *g, int err)
{
    if (cas(&g->err, 0, err))
        go_context_cancel_cause(g->ctx, err);
}

/* The end of the goroutine, by return or by go_exit: goroutine-local values are
 * destroyed.  Not on a panic (sched/defer.h). */
static void leave(void *group)
{
    go_group *g = group;
    struct g *me = this_g();
    if (unlikely(me->locals != NULL))
        locals_destroy_then(me, leave, g);
    if (g->places)
        go_chan_recv_(g->places, NULL); /* what we sent, or another's: never parks */
    go_waitgroup_done(&g->running);
}

void go_group_run_(void *p)
{
    struct go_int_call_ *c = p;
    struct go_defer_ d;
    go_group *g = c->owner;
    struct g *me = this_g();
    defer_push(me, &d, DEFER_AT_END, leave, g);
    c->entry(c + 1);
    if (c->result)
        fail(g, c->result);
    (void)defer_pop(me, &d);
    leave(g);
}

/* The last to count down released err, the wait acquired it. */
static int end(go_group *g)
{
    int err = ld_relaxed(&g->err);
    go_context_cancel_cause(g->ctx, err);
    go_context_drop(g->ctx);
    go_chan_drop_(g->places);
    free(g);
    return err;
}

int go_group_wait(go_group *g)
{
    go_waitgroup_wait(&g->running);
    return end(g);
}

int go_group_wait_until(go_group *g, int64_t deadline, int *err)
{
    int late = go_waitgroup_wait_until(&g->running, deadline);
    if (!late)
        *err = end(g);
    return late;
}

int go_group_wait_ctx(go_group *g, go_context *ctx, int *err)
{
    int late = go_waitgroup_wait_ctx(&g->running, ctx);
    if (!late)
        *err = end(g);
    return late;
}

/* SPDX-License-Identifier: MIT */
/* The goroutine of go_waitgroup_go.
 *
 * It counts down when it has ended, goroutine-local values destroyed, whether its
 * function returned or called go_exit.  Not on a panic (sched/defer.h). */
#include "sched/defer.h"

#include <goroutine/call.h>
#include <goroutine/sync.h>

static void done(void *wg)
{
    struct g *g = this_g();
    if (unlikely(g->locals != NULL))
        locals_destroy_then(g, done, wg);
    go_waitgroup_done(wg);
}

void go_waitgroup_run_(void *p)
{
    struct go_wg_call_ *c = p;
    struct go_defer_ d;
    struct g *g = this_g();
    defer_push(g, &d, DEFER_AT_END, done, c->wg);
    c->entry(c + 1);
    (void)defer_pop(g, &d);
    done(c->wg);
}

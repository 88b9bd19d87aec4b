/* SPDX-License-Identifier: MIT */
/* The goroutine of go_waitgroup_go.
 *
 * It counts down when it ends, whether its function returns or calls go_exit; the
 * end that both share is the destruction of goroutine-local values.  This one is set
 * first, so it is destroyed after those that the function sets. */
#include "base/fatal.h"

#include <goroutine/call.h>
#include <goroutine/go.h>
#include <goroutine/sync.h>

static void done(void *wg)
{
    go_waitgroup_done(wg);
}

static go_local counted = { .destroy = done };

void go_waitgroup_run_(void *p)
{
    struct go_wg_call_ *c = p;
    if (go_local_set(&counted, c->wg))
        fatal("runtime: out of memory");
    c->entry(c + 1);
}

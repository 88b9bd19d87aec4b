/* SPDX-License-Identifier: MIT */
/* go_once_call and go_once_get: a once that remembers whether its function returned.
 *
 * The function is called by the macro, in the caller's own frame, where its result has
 * its type.  A record in that frame is deferred meanwhile: a panic or go_exit runs it, the
 * end of the block does when the function returned, or threw.  Whichever comes first ends
 * the once; panic_ is written before, by the goroutine that ran the function. */
#include "sync/once.h"

#include "sched/defer.h"

#include <goroutine/once.h>
#include <string.h>

_Static_assert(GO_ONCE_DONE_ == ONCE_DONE, "the header looks for it");

static const char not_returned[] = "sync: once function did not return";

static void fail(struct go_once_run_ *r, const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    r->once_->panic_ = copy ? copy : not_returned;
    once_finish(&r->once_->once_);
}

/* Run by a panic or by go_exit: the innermost that is on its way. */
static void left(void *run)
{
    fail(run, this_g()->leaving->text);
}

static int begin(struct go_once_run_ *r, go_once_func *o, struct until u)
{
    int first = once_enter_until(&o->once_, u);
    if (first > 0) {
        r->once_ = o;
        defer_push(this_g(), &r->defer_, DEFER_CALL, left, r);
    } else if (!first && o->panic_) {
        panic("%s", o->panic_);
    }
    return first;
}

bool go_once_begin_(struct go_once_run_ *r, go_once_func *o)
{
    return begin(r, o, until_forever()) > 0;
}

int go_once_begin_until_(struct go_once_run_ *r, go_once_func *o, int64_t deadline)
{
    return begin(r, o, until_time(deadline));
}

int go_once_begin_ctx_(struct go_once_run_ *r, go_once_func *o, go_context *ctx)
{
    return begin(r, o, until_context(ctx));
}

void go_once_end_(struct go_once_run_ *r)
{
    if (!r->once_ || !defer_pop(this_g(), &r->defer_))
        return;
    if (r->returned_)
        once_finish(&r->once_->once_);
    else
        fail(r, NULL);
}

/* SPDX-License-Identifier: MIT */
/* Making, holding and ending contexts. */
#include "context/tree.h"

#include "base/alloc.h"

#include <errno.h>
#include <goroutine/time.h>
#include <string.h>

static struct go_context background = { .end.instead = &cancel_never, .deadline = GO_FOREVER };
static struct go_context todo = { .end.instead = &cancel_never, .deadline = GO_FOREVER };

go_context *go_context_background(void)
{
    return &background;
}

go_context *go_context_todo(void)
{
    return &todo;
}

go_context *go_context_hold(go_context *ctx)
{
    /* Relaxed: who gives a hold away has one, so it does not end meanwhile. */
    if (ctx && ctx->kind != CONTEXT_ROOT)
        add_relaxed(&ctx->holders, 1);
    return ctx;
}

/* What all kinds share.  The caller sets source and values if they are not the
 * parent's, and what only its kind has. */
static go_context *make(go_context *parent, enum context_kind kind)
{
    go_context *ctx = rt_malloc(sizeof *ctx), *source = parent->source;
    if (!ctx)
        fatal("out of memory");
    ctx->end = (struct cancel){ .instead = source ? &source->end : &cancel_never };
    ctx->parent = go_context_hold(parent);
    ctx->source = source;
    ctx->values = parent->values;
    ctx->deadline = parent->deadline;
    ctx->holders = 1;
    ctx->kind = kind;
    return ctx;
}

/* A walk comes from the source.  The timer is stopped here and not when the walk is
 * over: a context that has ended keeps nobody awake. */
static struct cancel *source_ended(struct m *m, struct watcher *w)
{
    go_context *ctx = (go_context *)(void *)((char *)w - offsetof(go_context, own.link));
    timer_disarm(m, &ctx->own.timer);
    return &ctx->end;
}

static void deadline_passed(struct m *m, struct timer *t)
{
    go_context *ctx = t->arg;
    cancel_end(m, &ctx->end, -ETIMEDOUT, ctx->own.cause);
}

/* First the timer, then the link: if the source ends now, or has, the timer is there to
 * be stopped. */
static void begin(struct m *m, go_context *ctx, bool timed)
{
    go_context *source = ctx->source;
    if (timed && timer_arm(m, &ctx->own.timer, ctx->deadline) != 0)
        fatal("out of memory");
    ctx->source = ctx;
    if (source && !cancel_watch(&source->end, &ctx->own.link)) {
        cancel_end(m, &ctx->end, cancel_why(&source->end), source->end.cause);
        timer_disarm(m, &ctx->own.timer);
    }
}

static go_context *with_deadline(go_context *parent, int64_t t, int cause)
{
    go_context *ctx = make(parent, CONTEXT_ENDING);
    bool timed = t < ctx->deadline;
    if (timed)
        ctx->deadline = t;
    ctx->end.instead = NULL;
    ctx->own = (struct context_ending){
        .link.fire = source_ended,
        .timer.fire = deadline_passed,
        .timer.arg = ctx,
        .cause = cause,
    };
    bool over = timed && t <= go_now();
    struct m *m = rt_enter();
    begin(m, ctx, timed && !over);
    if (over)
        cancel_end(m, &ctx->end, -ETIMEDOUT, cause);
    rt_exit(m);
    return ctx;
}

go_context *go_context_with_cancel(go_context *parent)
{
    context_check_parent(parent);
    return with_deadline(parent, GO_FOREVER, 0);
}

go_context *go_context_with_deadline_cause(go_context *parent, int64_t t, int cause)
{
    context_check_parent(parent);
    return with_deadline(parent, t, cause);
}

go_context *go_context_with_deadline(go_context *parent, int64_t t)
{
    context_check_parent(parent);
    return with_deadline(parent, t, 0);
}

static int64_t time_after(int64_t d)
{
    int64_t now = go_now();
    return d <= 0 ? now : d < GO_FOREVER - now ? now + d : GO_FOREVER;
}

go_context *go_context_with_timeout_cause(go_context *parent, int64_t d, int cause)
{
    context_check_parent(parent);
    return with_deadline(parent, time_after(d), cause);
}

go_context *go_context_with_timeout(go_context *parent, int64_t d)
{
    context_check_parent(parent);
    return with_deadline(parent, time_after(d), 0);
}

go_context *go_context_with_value_owned(go_context *parent, const void *key, void *value,
                                        void (*destroy)(void *value))
{
    context_check_parent(parent);
    if (!key)
        panic("nil key");
    go_context *ctx = make(parent, CONTEXT_VALUE);
    ctx->value = (struct context_value){ key, value, destroy };
    ctx->values = ctx;
    return ctx;
}

go_context *go_context_with_value(go_context *parent, const void *key, void *value)
{
    context_check_parent(parent);
    if (!key)
        panic("nil key");
    return go_context_with_value_owned(parent, key, value, NULL);
}

go_context *go_context_without_cancel(go_context *parent)
{
    context_check_parent(parent);
    go_context *ctx = make(parent, CONTEXT_LASTING);
    ctx->source = NULL;
    ctx->deadline = GO_FOREVER;
    ctx->end.instead = &cancel_never;
    return ctx;
}

/* The link stays: who holds a cancelled context costs its parent one visit. */
void go_context_cancel_cause(go_context *ctx, int cause)
{
    if (!ctx || ctx->kind != CONTEXT_ENDING)
        panic("context: cancel of a context that cannot be canceled");
    struct m *m = rt_enter();
    if (!cancel_end(m, &ctx->end, -ECANCELED, cause))
        cancel_settle(&ctx->end);
    timer_disarm(m, &ctx->own.timer);
    rt_exit(m);
}

void go_context_cancel(go_context *ctx)
{
    go_context_cancel_cause(ctx, 0);
}

/* Nobody else holds it: take it out of the walks that could come, end those that have.
 * Holders of children would hold it, so what is left in its list is a goroutine that
 * waits without a hold. */
static void end_ending(go_context *ctx)
{
    go_context *above = ctx->parent->source;
    struct m *m = rt_enter();
    if (above)
        cancel_unwatch(&above->end, &ctx->own.link);
    timer_disarm(m, &ctx->own.timer);
    cancel_unwatch(&ctx->end, &ctx->own.done_link);
    rt_exit(m);
    if (ctx->end.first)
        fatal("go_context_drop: last holder gone while a goroutine waits for the context");
    context_done_free(ctx);
}

static void end_any(go_context *ctx)
{
    if (ctx->kind == CONTEXT_ENDING)
        end_ending(ctx);
    else if (ctx->kind == CONTEXT_VALUE && ctx->value.destroy)
        ctx->value.destroy(ctx->value.value);
    free(ctx);
}

/* Each drop releases what its holder did to the context, the last acquires it. */
static bool drop_one(go_context *ctx)
{
    if (!ctx || ctx->kind == CONTEXT_ROOT)
        return false;
    return ld_acquire(&ctx->holders) == 1 || sub_seq(&ctx->holders, 1) == 0;
}

/* A chain of last holds is a loop. */
void go_context_drop(go_context *ctx)
{
    while (drop_one(ctx)) {
        go_context *parent = ctx->parent;
        end_any(ctx);
        ctx = parent;
    }
}

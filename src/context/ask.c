/* SPDX-License-Identifier: MIT */
/* What a context can be asked; and its channel, made when it is asked for first. */
#include "context/tree.h"

#include "chan/chan.h"

#include <errno.h>
#include <string.h>

static go_context *source_of(go_context *ctx)
{
    return ctx ? ctx->source : NULL;
}

/* The context has ended.  Closing its channel is the first that its walk does, but why
 * was there before: nobody who has seen it may find the channel open. */
static never_inline void await_close(go_context *source)
{
    for (unsigned round = 0; !chan_closed(source->own.done); round++)
        timer_relax(round);
}

/* Who has the channel has seen done_ready set, or set it (go_context_done). */
static int how_ended(go_context *source)
{
    int why = source ? cancel_why(&source->end) : 0;
    if (why && ld_acquire(&source->own.done_ready))
        await_close(source);
    return why;
}

int go_context_err(go_context *ctx)
{
    return how_ended(source_of(ctx));
}

int go_context_cause(go_context *ctx)
{
    go_context *source = source_of(ctx);
    int why = how_ended(source); /* first: then the cause is set (E1) */
    return why && source->end.cause ? source->end.cause : why;
}

const char *go_context_error_text(int err)
{
    if (err == 0)
        return "<nil>";
    if (err == -ECANCELED)
        return "context canceled";
    if (err == -ETIMEDOUT)
        return "context deadline exceeded";
    return err < 0 && err >= -4095 ? strerror(-err) : "error";
}

int64_t go_context_deadline(go_context *ctx)
{
    return ctx ? ctx->deadline : GO_FOREVER;
}

void *go_context_value(go_context *ctx, const void *key)
{
    for (const go_context *at = ctx ? ctx->values : NULL; at; at = at->parent->values)
        if (at->value.key == key)
            return at->value.value;
    return NULL;
}

static struct cancel *close_done(struct m *m, struct watcher *w)
{
    struct context_ending *own =
        (struct context_ending *)(void *)((char *)w - offsetof(struct context_ending, done_link));
    chan_close_inside(m, own->done);
    return NULL;
}

/* Watched, or closed, before anybody else sees it: who sees the context end, or ends
 * it, finds its channel closed.  made is used unless somebody was faster. */
static bool publish(struct m *m, go_context *source, struct go_chan_ *made)
{
    struct context_ending *own = &source->own;
    spin_lock(&own->done_lock);
    bool first = !own->done;
    if (first) {
        own->done = made;
        own->done_link.fire = close_done;
        if (!cancel_watch_first(&source->end, &own->done_link))
            chan_close_inside(m, made);   /* nobody waits yet: wakes nobody under our lock */
        st_release(&own->done_ready, 1u); /* pairs with go_context_done */
    }
    spin_unlock(&own->done_lock);
    return first;
}

static never_inline void make_done(go_context *source)
{
    struct go_chan_ *made = go_chan_make_(sizeof(char), 0);
    struct m *m = rt_enter();
    bool used = publish(m, source, made);
    rt_exit(m);
    if (!used)
        go_chan_drop_(made);
}

go_chan(char) go_context_done(go_context *ctx)
{
    go_context *source = source_of(ctx);
    if (!source)
        return NULL;
    if (!ld_acquire(&source->own.done_ready)) /* pairs with publish */
        make_done(source);
    if (cancel_why(&source->end)) /* seen before done_ready, maybe: as how_ended */
        await_close(source);
    return (go_chan(char))source->own.done;
}

void context_done_free(struct go_context *ctx)
{
    go_chan_drop_(ctx->own.done);
}

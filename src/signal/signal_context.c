/* SPDX-License-Identifier: MIT */
/* A context that ends with a signal.
 *
 *     parent <-- V, which owns the channel <-- the context that the caller gets
 *
 * A goroutine waits for the channel and for the end of the context, which it holds so long.
 * After that the signals stay caught, to no effect, until the last holder drops the context
 * and with it V: who is told twice to end has not lost patience, he was told twice.
 */
#include <goroutine/go.h>
#include <goroutine/select.h>
#include <goroutine/signal.h>

static const char channel_key;

static void channel_done(void *channel)
{
    go_chan(int) c = (go_chan(int))(struct go_chan_ *)channel;
    go_signal_stop(c);
    go_drop(c);
}

static void wait_for_signal(go_context *ctx, go_chan(int) c)
{
    int sig;
    if (go_select(go_on_done(ctx), go_on_recv(c, &sig)) == 1)
        go_context_cancel_cause(ctx, sig);
    go_context_drop(ctx);
}

go_context *go_signal_context_(go_context *parent, const int *sigs, int n)
{
    go_chan(int) c = go_make(int, 1);
    struct go_chan_ *raw = (struct go_chan_ *)c;
    go_context *owner = go_context_with_value_owned(parent, &channel_key, raw, channel_done);
    go_context *ctx = go_context_with_cancel(owner);
    go_context_drop(owner);
    if (go_signal_notify_(raw, sigs, n) != 0) {
        go_context_drop(ctx);
        return NULL;
    }
    go_with(go_attr(.name = "signal context"), wait_for_signal, go_context_hold(ctx), c);
    return ctx;
}

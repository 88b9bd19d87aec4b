/* SPDX-License-Identifier: MIT */
/* Contexts: telling everything that works on one task that it is over.
 *
 *     static int fetch(go_context *ctx, const char *name);
 *
 *     go_context *ctx = go_context_with_timeout(go_context_background(), 2 * GO_SECOND);
 *     int err = fetch(ctx, "a");         // passes ctx to whatever waits
 *     go_context_cancel(ctx);            // as soon as its work is not wanted any more
 *     go_context_drop(ctx);
 *
 * A context ends once: when it is cancelled, when its deadline passes, or when the
 * one it was made from ends; so one cancel ends a whole tree.  Every call that can
 * wait has a form with _ctx that ends with a context, go_on_done is a case of a select,
 * and a long computation asks go_context_err now and then.
 *
 * There is no collector: a context counts its holders, as a channel does.  Each call
 * that makes one returns a hold; go_context_hold adds one, go_context_drop takes one
 * back, the last drop frees.  A context holds the one it was made from, so the holders
 * of a child need not hold its parent.  The last drop does not end a context: what
 * was made from it would not know; it only ends its deadline's timer, if nobody is
 * left to ask.  Whoever uses a context holds it, or knows of somebody who does.
 *
 * Running out of memory ends the program, as in Go.
 *
 * Any goroutine or thread may call everything here.  Like Go's package context.
 */
#ifndef GOROUTINE_CONTEXT_H
#define GOROUTINE_CONTEXT_H

#include <goroutine/base.h>
#include <goroutine/chan.h>
#include <goroutine/go.h>
#include <goroutine/select.h>

/* A function that will run when a context ends; see go_context_after_func. */
typedef struct go_context_after go_context_after;

GO_BEGIN_DECLS

/* go_context_background - the root: it never ends and has no values.
 *
 * Static: holding and dropping it is fine and does nothing.
 * Like Go's context.Background. */
GO_API go_context *go_context_background(void);

/* go_context_todo - the same, for code that does not know yet which context to use.
 * Like the one that Go has for that. */
GO_API go_context *go_context_todo(void);

/* go_context_with_cancel - a context that go_context_cancel can end.
 *
 * It also ends with its parent.  The caller holds it.  A NULL parent panics, here and
 * below: "cannot create context from nil parent".
 * Like Go's context.WithCancel and WithCancelCause. */
GO_API go_context *go_context_with_cancel(go_context *parent);

/* go_context_with_deadline - as with_cancel, and it ends at the time t, on go_now()'s
 * clock, with -ETIMEDOUT.
 *
 * A parent's earlier deadline stays the one that counts.  If t has passed, the context
 * has ended when the call returns.  GO_FOREVER is no deadline.
 * Like Go's context.WithDeadline. */
GO_API go_context *go_context_with_deadline(go_context *parent, int64_t t);

/* go_context_with_timeout - with_deadline, d nanoseconds from now.
 * Like Go's context.WithTimeout. */
GO_API go_context *go_context_with_timeout(go_context *parent, int64_t d);

/* go_context_with_deadline_cause, go_context_with_timeout_cause - the same; cause is
 * what go_context_cause returns if it is this deadline that ends the context.
 *
 * 0 is none.  Like Go's context.WithDeadlineCause and WithTimeoutCause. */
GO_API go_context *go_context_with_deadline_cause(go_context *parent, int64_t t, int cause);
GO_API go_context *go_context_with_timeout_cause(go_context *parent, int64_t d, int cause);

/* go_context_with_value - the parent, and a value found under key.
 *
 * The key is compared by address, so the address of any static object is a key that
 * nobody else has; the value is not copied and must live as long as the context.  It
 * ends with its parent, and cannot be cancelled by itself.
 * A NULL key panics: "nil key".  Like Go's context.WithValue. */
GO_API go_context *go_context_with_value(go_context *parent, const void *key, void *value);

/* go_context_with_value_owned - the same; destroy is called with the value when the
 * context is freed: on the goroutine that drops it last, or that drops the last context
 * made from it.  A NULL destroy is none.  If the call panics, nothing is destroyed. */
GO_API go_context *go_context_with_value_owned(go_context *parent, const void *key, void *value,
                                               void (*destroy)(void *value));

/* go_context_without_cancel - the parent's values, without its end and its deadline:
 * it never ends.  Like Go's context.WithoutCancel. */
GO_API go_context *go_context_without_cancel(go_context *parent);

/* go_context_cancel - end the context with -ECANCELED, and everything made from it.
 *
 * The first to end a context decides how; later calls do nothing.  When a call returns,
 * whatever was made from the context has ended too.  It does not wait for those who
 * wait for the context; they have been made ready to run.
 * Only a context made by with_cancel, with_deadline or with_timeout can be cancelled,
 * and that of a group; another panics: "context: cancel of a context that cannot be
 * canceled".  Like Go's CancelFunc. */
GO_API void go_context_cancel(go_context *ctx);

/* go_context_cancel_cause - the same, and go_context_cause will return cause, here and
 * in what was made from the context.  0 is none.  Like Go's CancelCauseFunc. */
GO_API void go_context_cancel_cause(go_context *ctx, int cause);

/* go_context_err - how the context ended.
 *
 * 0: it has not; -ECANCELED; -ETIMEDOUT.  Once it is not 0, the channel of
 * go_context_done is closed.  Like Go's ctx.Err(). */
GO_API int go_context_err(go_context *ctx);

/* go_context_cause - why the context ended: the cause that was given, else what
 * go_context_err returns; 0 if it has not ended.  Like Go's context.Cause. */
GO_API int go_context_cause(go_context *ctx);

/* go_context_error_text - Go's text for what go_context_err returns.
 *
 * "context canceled", "context deadline exceeded", "<nil>" for 0; for another negative
 * errno what strerror says.  Static. */
GO_API const char *go_context_error_text(int err);

/* go_context_deadline - when the context will end by itself, on go_now()'s clock, if
 * nothing ends it before.  GO_FOREVER: no deadline.  Like Go's ctx.Deadline(). */
GO_API int64_t go_context_deadline(go_context *ctx);

/* go_context_value - the value under key that is nearest on the way to the root, or
 * NULL.  Like Go's ctx.Value(). */
GO_API void *go_context_value(go_context *ctx, const void *key);

/* go_context_done - a channel that is closed when the context ends.
 *
 * For go_recv, and for a select together with others; go_on_done does that in one.
 * NULL, a nil channel, if the context never ends.  It is the context's: it lives as
 * long as the context is held, go_hold keeps it longer; nobody else sends or closes.
 * Like Go's ctx.Done(). */
GO_API go_chan(char) go_context_done(go_context *ctx);

/* go_context_hold - add a holder; returns ctx, for  go(f, go_context_hold(ctx)).
 * go_context_drop - take a holder back; the last one frees it.  NULL is fine.
 *
 * Nobody may be waiting for a context, or for its channel, when its last holder drops
 * it: "fatal error: go_context_drop: last holder gone while a goroutine waits for the
 * context".  When a context is ended by another thread, the last drop waits until that
 * thread has done with it. */
GO_API go_context *go_context_hold(go_context *ctx);
GO_API void go_context_drop(go_context *ctx);

/* go_context_after_stop - take back a function that was left with a context, and the
 * handle of it.
 *
 * true: it will not run, and has not; false: it has been started, or stopped.  Does not
 * wait for it to return.  The handle is gone after the call; NULL is false.
 * Like the stop that Go's context.AfterFunc returns. */
GO_API bool go_context_after_stop(go_context_after *a);

/* go_context_after_drop - give the handle back, and let the function run.  NULL is
 * fine. */
GO_API void go_context_after_drop(go_context_after *a);

/* The ABI under go_context_after_func.  discard, if not NULL, is called with the copy
 * of args if entry never will be. */
GO_API go_context_after *go_context_after_func_(go_context *ctx, void (*entry)(void *),
                                                const void *args, size_t size, const void *fn,
                                                void (*discard)(void *)) GO_MUST_CHECK;

/* Puts the obligation to look at the handle around a statement expression. */
static inline GO_MUST_CHECK go_context_after *go_must_give_back_(go_context_after *a)
{
    return a;
}

GO_END_DECLS

/* go_context_after_func(ctx, f, args...) - run f(args...) in a new goroutine when ctx
 * has ended; at once if it has.
 *
 * f and its arguments are as in go; they are evaluated now.  Returns a handle, which
 * must be given back: by go_context_after_stop, or by go_context_after_drop.  Until f
 * has started or is stopped, the context is held.  A context that never ends never
 * starts f.  A NULL context panics as above.  Like Go's context.AfterFunc. */
#ifdef __cplusplus
#define go_context_after_func(ctx, ...)                                                            \
    go_must_give_back_(GO_CONTEXT_AFTER_(GO_FRESH_, ctx, __VA_ARGS__))
#define GO_CONTEXT_AFTER_(p, ctx, ...)                                                             \
    __extension__({                                                                                \
        go_context *GO_CAT_(p, _ctx) = (ctx);                                                      \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        go_context_after *GO_CAT_(p, _after) = go_context_after_func_(                             \
            GO_CAT_(p, _ctx), p.entry, &p.sent, sizeof(p.sent), p.fn, p.discard);                  \
        p.started();                                                                               \
        GO_CAT_(p, _after);                                                                        \
    })
#else
#define go_context_after_func(ctx, ...)                                                            \
    go_must_give_back_(__extension__({                                                             \
        go_context *const go_after_ctx_ = (ctx);                                                   \
        GO_PACK_(__VA_ARGS__)                                                                      \
        go_context_after_func_(go_after_ctx_, go_entry_, &go_args_, sizeof(go_args_), go_fn_,      \
                               NULL);                                                              \
    }))
#endif

/* go_on_done(ctx) - a case of a select that fires when the context has ended; never
 * for NULL.  Like Go's  case <-ctx.Done(). */
static inline struct go_case go_on_done(go_context *ctx)
{
#ifdef __cplusplus
    struct go_case k = { GO_CASE_RECV_, go_cpp_::raw(go_context_done(ctx)), NULL, 0 };
#else
    struct go_case k = { GO_CASE_RECV_, GO_RAW_(go_context_done(ctx)), NULL, 0 };
#endif
    return k;
}

#endif

/* SPDX-License-Identifier: MIT */
/* Time: clock, sleep, timers, tickers.  Any goroutine or thread may call. */
#ifndef GOROUTINE_TIME_H
#define GOROUTINE_TIME_H

#include <goroutine/base.h>
#include <goroutine/chan.h>
#include <goroutine/go.h>

GO_BEGIN_DECLS

/* go_now - nanoseconds on CLOCK_MONOTONIC.  Deadlines are on this clock. */
GO_API int64_t go_now(void);

/* go_sleep - park the goroutine for at least d nanoseconds.
 *
 * d <= 0 returns at once.  Like Go's time.Sleep. */
GO_API void go_sleep(int64_t d);

/* go_sleep_until - park the goroutine until the absolute time t. */
GO_API void go_sleep_until(int64_t t);

/* go_sleep_ctx - as go_sleep, but not longer than the context lasts.
 *
 * 0 after d nanoseconds; -ECANCELED or -ETIMEDOUT if the context ended before. */
GO_API int go_sleep_ctx(int64_t d, go_context *ctx) GO_MUST_CHECK;

/* The channel of a timer
 *
 * carries int64_t: the time that was asked for, on the clock of go_now(), however late
 * it is received.  It looks unbuffered: go_len and go_cap are 0.  Receive from it as
 * from any channel, also in a select; do not send, nor close it.
 *
 * Time passes whether anybody looks or not, and a value that nobody received costs
 * nothing.  Since nothing is sent before it is received, nothing stale can be received
 * after a stop or reset.  A goroutine that waits for a timer that has been stopped,
 * or never fires, is asleep as far as a deadlock is concerned.
 *
 * d in all of these is in nanoseconds, from now.  d <= 0 is now, unless it says
 * otherwise; GO_FOREVER, or a sum that is no time any more, is never.  Out of memory
 * ends the program.  Any number of goroutines and threads may use one timer at once. */

/* go_after - a channel that delivers, once, the time d from now, when it has come.
 *
 * The caller holds the channel and drops it; dropping it early cancels the
 * timer.  Like Go's time.After. */
GO_API go_chan(int64_t) go_after(int64_t d);

/* go_tick - the channel of a ticker that nobody needs to stop.
 *
 * The caller holds the channel; the last drop ends the ticker.  d <= 0: NULL.
 * Like Go's time.Tick. */
GO_API go_chan(int64_t) go_tick(int64_t d);

/* go_timer - something that will happen once: a value in a channel, or a function that
 * runs.  Like Go's *time.Timer. */
typedef struct go_timer go_timer;

/* go_timer_new - a timer with a channel, which delivers the time d from now once.
 *
 * go_timer_drop gives it back.  Like Go's time.NewTimer. */
GO_API go_timer *go_timer_new(int64_t d) GO_MUST_CHECK;

/* go_timer_chan - the timer's channel, the same each time; like Go's t.C.
 *
 * It is the timer's: valid until that is dropped, or longer with a hold of one's own
 * (go_hold).  NULL for a timer that runs a function. */
GO_API go_chan(int64_t) go_timer_chan(go_timer *t);

/* go_timer_stop - do not fire.
 *
 * true: the timer was running, its value not received, its function not started, and
 * now none will be.  false: it has fired, or was stopped before.  A function that was
 * started may still run.  t NULL panics: "time: Stop called on uninitialized Timer".
 * Like Go's t.Stop. */
GO_API bool go_timer_stop(go_timer *t);

/* go_timer_reset - fire d from now, and not when it would have.
 *
 * Returns what go_timer_stop would.  A function that was started before may still run
 * when it is started again.  t NULL panics: "time: Reset called on uninitialized Timer".
 * Like Go's t.Reset. */
GO_API bool go_timer_reset(go_timer *t, int64_t d);

/* go_timer_drop - the handle is not needed any more.  NULL is fine.
 *
 * With a channel: ends the timer, unless others hold the channel; then it fires for
 * them.  With a function: one that is pending will run, as it does in Go when nobody
 * refers to the timer; stop it first if it must not.  Either way nothing is left
 * behind. */
GO_API void go_timer_drop(go_timer *t);

/* The ABI under go_after_func.  As go_spawn_; destroy, if not NULL, is called with the
 * library's copy of args when nobody will run entry on it any more. */
GO_API go_timer *go_after_func_(int64_t d, void (*entry)(void *), const void *args, size_t size,
                                const void *fn, void (*destroy)(void *)) GO_MUST_CHECK;

/* go_ticker - the time at intervals.  Like Go's *time.Ticker. */
typedef struct go_ticker go_ticker;

/* go_ticker_new - a ticker that delivers the time every d, first d from now.
 *
 * Ticks keep to that schedule, however late one is received.  One that comes while the
 * one before has not been received is dropped.  d <= 0 panics: "non-positive interval
 * for NewTicker".  go_ticker_drop gives it back.  Like Go's time.NewTicker. */
GO_API go_ticker *go_ticker_new(int64_t d) GO_MUST_CHECK;

/* go_ticker_chan - the ticker's channel; as go_timer_chan. */
GO_API go_chan(int64_t) go_ticker_chan(go_ticker *t);

/* go_ticker_stop - no more ticks.  The channel is not closed.  Like Go's t.Stop. */
GO_API void go_ticker_stop(go_ticker *t);

/* go_ticker_reset - tick every d, first d from now; also starts one that was stopped.
 *
 * d <= 0 panics: "non-positive interval for Ticker.Reset"; t NULL: "time: Reset called
 * on uninitialized Ticker".  Like Go's t.Reset. */
GO_API void go_ticker_reset(go_ticker *t, int64_t d);

/* go_ticker_drop - the handle is not needed any more.  NULL is fine.
 *
 * Ends the ticker, unless others hold the channel. */
GO_API void go_ticker_drop(go_ticker *t);

GO_END_DECLS

/* go_after_func(d, f, args...) - run f(args...) in a new goroutine, d from now.
 *
 * f and the arguments as for go; a copy of them is kept, and each run gets its own.
 * In C++ they must be copyable.  Returns a go_timer *, which stops or resets it:
 *
 *     go_timer *t = go_after_func(GO_SECOND, shout, "late");
 *     if (go_timer_stop(t))
 *         puts("in time");
 *     go_timer_drop(t);
 *
 * The handle is to be dropped, at once if it is not needed.  A timer that is pending
 * keeps a program from being reported as deadlocked.
 * Like Go's  time.AfterFunc(d, func() { f(args) }). */
#ifdef __cplusplus
namespace go_cpp_
{
/* A closure of plain bytes is copied by the library; else it keeps one made with new,
 * and entry copies that. */
template <class C> GO_MUST_CHECK inline ::go_timer *after_bytes(int64_t d, const packed_bytes<C> &p)
{
    return go_after_func_(d, p.entry, &p.sent, sizeof(p.sent), p.fn, nullptr);
}
template <class C> struct after_kept {
    static void run(void *p)
    {
        C copy(**static_cast<C **>(p));
        C::run(&copy);
    }
    static void destroy(void *p)
    {
        delete *static_cast<C **>(p);
    }
};
template <class C> GO_MUST_CHECK inline ::go_timer *after(int64_t d, packed_bytes<C> p)
{
    return after_bytes(d, p);
}
template <class C> GO_MUST_CHECK inline ::go_timer *after(int64_t d, packed_owned<C> &&p)
{
    static_assert(std::is_copy_constructible<C>::value,
                  "go_after_func: f and its arguments must be copyable: each run gets a copy");
    ::go_timer *t = go_after_func_(d, after_kept<C>::run, &p.sent, sizeof(p.sent), p.fn,
                                   after_kept<C>::destroy);
    p.started();
    return t;
}
} // namespace go_cpp_
#define go_after_func(d, ...) (go_cpp_::after((d), GO_BIND_(away, __VA_ARGS__)))
#else
#define go_after_func(d, ...)                                                                      \
    go_timer_must_drop_(__extension__({                                                            \
        int64_t go_d_ = (d);                                                                       \
        GO_PACK_(__VA_ARGS__) go_after_func_(go_d_, GO_PACKED_, NULL);                             \
    }))
static inline GO_MUST_CHECK go_timer *go_timer_must_drop_(go_timer *t)
{
    return t;
}
#endif

#endif

/* SPDX-License-Identifier: MIT */
/* Signals as values of a channel.
 *
 *     go_chan(int) c = go_make(int, 1);
 *     go_signal_notify(c, SIGINT, SIGTERM);
 *     int sig;
 *     go_recv(c, &sig);                  // parks until one of them comes
 *     go_signal_stop(c);
 *
 * A signal that some channel wants is caught: it has no other effect.  As long as one is
 * wanted the program is never reported as deadlocked: a signal may come.
 *
 * Not for signals by which a program learns of its own faults (SIGSEGV, SIGBUS, SIGFPE,
 * SIGILL, SIGTRAP, SIGSYS), for SIGKILL and SIGSTOP, which nobody can catch, and for those
 * that the C library or this one has taken for itself: -EINVAL.  A signal that every
 * thread blocks (pthread_sigmask, before the first call of the library) does not come.
 *
 * The names of the signals are in <signal.h>.  Any goroutine or thread may call everything
 * here, and no signal handler may.  Like Go's package os/signal.
 */
#ifndef GOROUTINE_SIGNAL_H
#define GOROUTINE_SIGNAL_H

#include <goroutine/base.h>
#include <goroutine/chan.h>
#include <goroutine/context.h>

#include <signal.h>

GO_BEGIN_DECLS

/* go_signal_ignored - whether sig is ignored now, by go_signal_ignore or as the program
 * was started (nohup).  Like Go's signal.Ignored. */
GO_API bool go_signal_ignored(int sig);

/* The ABI under the macros; what each does stands at its macro. */
GO_API int go_signal_notify_(struct go_chan_ *c, const int *sigs, int n);
GO_API void go_signal_stop_(struct go_chan_ *c);
GO_API int go_signal_ignore_(const int *sigs, int n);
GO_API int go_signal_reset_(const int *sigs, int n);
GO_API go_context *go_signal_context_(go_context *parent, const int *sigs, int n);

GO_END_DECLS

/* go_signal_notify(c, sigs...) - from now on send these signals, as int, to c.
 *
 * c is a go_chan(int).  Sending does not wait: what finds no room is dropped, so give it
 * room for as many as may come at once; 1 is enough to learn of one signal.  The same
 * signal may be wanted by several channels: each gets it.  Further calls with the same
 * channel add to what it gets.  The same signal sent again before it was passed on counts
 * once, as ever with signals.
 *
 * Without signals: all that can be caught, except the real-time ones, which must be named.
 * The channel is held until go_signal_stop; once it is closed nothing more arrives.
 *
 * 0, or -EINVAL: one of them is no signal that can be caught, and none was added.  A NULL
 * channel panics: "os/signal: Notify using nil channel".  Like Go's signal.Notify. */

/* go_signal_stop(c) - send nothing more to c.
 *
 * When it returns, nothing arrives any more; what was caught before has been sent.  Signals
 * that nobody else wants do again what they did before.  Like Go's signal.Stop. */

/* go_signal_ignore(sigs...) - ignore them; what wanted them gets them no more.  Without
 * signals: all.  0 or -EINVAL as above.  Like Go's signal.Ignore. */

/* go_signal_reset(sigs...) - undo what go_signal_notify and go_signal_ignore did to them:
 * the effect is the one from before.  Without signals: all.  0 or -EINVAL as above.
 * Like Go's signal.Reset. */

/* go_signal_context(parent, sigs...) - a context that ends when one of these signals
 * comes, or parent ends, or by go_context_cancel.
 *
 * If it was a signal, go_context_cause is its number.  The signals stay caught until the
 * last holder has dropped the context; it has to end before, by go_context_cancel if not
 * otherwise.  NULL: one of them is no signal that can be caught.
 * Like Go's signal.NotifyContext. */

#ifdef __cplusplus
template <class... S> inline int go_signal_notify(go_cpp_::chan<int> c, S... sigs)
{
    const int v[] = { static_cast<int>(sigs)..., 0 };
    return go_signal_notify_(go_cpp_::raw(c), v, static_cast<int>(sizeof...(sigs)));
}
inline void go_signal_stop(go_cpp_::chan<int> c)
{
    go_signal_stop_(go_cpp_::raw(c));
}
template <class... S> inline int go_signal_ignore(S... sigs)
{
    const int v[] = { static_cast<int>(sigs)..., 0 };
    return go_signal_ignore_(v, static_cast<int>(sizeof...(sigs)));
}
template <class... S> inline int go_signal_reset(S... sigs)
{
    const int v[] = { static_cast<int>(sigs)..., 0 };
    return go_signal_reset_(v, static_cast<int>(sizeof...(sigs)));
}
template <class... S> inline go_context *go_signal_context(go_context *parent, S... sigs)
{
    const int v[] = { static_cast<int>(sigs)..., 0 };
    return go_signal_context_(parent, v, static_cast<int>(sizeof...(sigs)));
}
#else
#define GO_ASSERT_CHAN_INT_(what, c)                                                               \
    GO_REQUIRE_(go_is_channel_of_int_, __builtin_types_compatible_p(__typeof__(c), go_chan(int)),  \
                what ": not a go_chan(int)")
#define GO_SIGNALS_(...)                                                                           \
    const int go_sigs_[] = { __VA_ARGS__ };                                                        \
    const int go_nsigs_ = (int)(sizeof(go_sigs_) / sizeof(int))

/* Where something comes before the signals, a 0 that does not count stands behind them. */
#define go_signal_notify(...) GO_SIGNAL_NOTIFY_(__VA_ARGS__, 0)
#define GO_SIGNAL_NOTIFY_(c, ...)                                                                  \
    __extension__({                                                                                \
        __typeof__(((void)0, (c))) go_sig_c_ = (c);                                                \
        GO_ASSERT_CHAN_INT_("go_signal_notify", go_sig_c_);                                        \
        GO_SIGNALS_(__VA_ARGS__);                                                                  \
        go_signal_notify_(GO_RAW_(go_sig_c_), go_sigs_, go_nsigs_ - 1);                            \
    })
#define go_signal_stop(c)                                                                          \
    __extension__({                                                                                \
        __typeof__(((void)0, (c))) go_sig_c_ = (c);                                                \
        GO_ASSERT_CHAN_INT_("go_signal_stop", go_sig_c_);                                          \
        go_signal_stop_(GO_RAW_(go_sig_c_));                                                       \
    })
#define go_signal_ignore(...)                                                                      \
    __extension__({                                                                                \
        GO_SIGNALS_(__VA_ARGS__);                                                                  \
        go_signal_ignore_(go_sigs_, go_nsigs_);                                                    \
    })
#define go_signal_reset(...)                                                                       \
    __extension__({                                                                                \
        GO_SIGNALS_(__VA_ARGS__);                                                                  \
        go_signal_reset_(go_sigs_, go_nsigs_);                                                     \
    })
#define go_signal_context(...) GO_SIGNAL_CONTEXT_(__VA_ARGS__, 0)
#define GO_SIGNAL_CONTEXT_(parent, ...)                                                            \
    __extension__({                                                                                \
        go_context *const go_sig_parent_ = (parent);                                               \
        GO_SIGNALS_(__VA_ARGS__);                                                                  \
        go_signal_context_(go_sig_parent_, go_sigs_, go_nsigs_ - 1);                               \
    })
#endif

#endif

/* SPDX-License-Identifier: MIT */
/* Time: clock, sleep, after.  Any goroutine or thread may call. */
#ifndef GOROUTINE_TIME_H
#define GOROUTINE_TIME_H

#include <goroutine/base.h>
#include <goroutine/chan.h>

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

/* go_after - a channel that delivers, once, the time d nanoseconds from now, when
 * that has come.
 *
 * The caller holds the channel and drops it; dropping it early cancels the
 * timer.  Out of memory ends the program.  Like Go's time.After. */
GO_API go_chan(int64_t) go_after(int64_t d);

GO_END_DECLS

#endif

/* SPDX-License-Identifier: MIT */
/* A weighted semaphore, like golang.org/x/sync/semaphore.Weighted.
 *
 *     static go_sema memory = GO_SEMA_INIT(64 << 20);
 *
 *     go_sema_acquire(&memory, size);
 *     ...
 *     go_sema_release(&memory, size);
 */
#ifndef GOROUTINE_SEMA_H
#define GOROUTINE_SEMA_H

#include <goroutine/base.h>
#include <goroutine/sync.h>

GO_BEGIN_DECLS

/* go_sema - so many units, taken and given back in any amounts.
 *
 * Zero-initialised it has none: whoever acquires more than 0 waits.  Must not be copied
 * or freed while anybody uses it; the last to release may free it at once.  Fields are
 * private.  Any goroutine or thread may call, and units may be released by another than
 * acquired them.
 *
 * Waiters are served first come first served, strictly: while one waits nobody passes
 * it, so that one who wants many units is not starved by those who want few. */
typedef struct go_sema {
    int64_t size_;   /* immutable */
    uint64_t state_; /* units taken, times two; the lowest bit: somebody waits */
    go_waitq_ q_;
} go_sema;

/* GO_SEMA_INIT(n) - the initialiser of a semaphore of n units, n >= 0.  Like Go's
 * semaphore.NewWeighted(n). */
/* clang-format off */
#define GO_SEMA_INIT(n) { (n), 0, { 0, 0, NULL, NULL } }
/* clang-format on */

/* go_sema_acquire - take n units, n >= 0; parks the goroutine until they are there and
 * nobody waits who came before.  Like Go's s.Acquire(context.Background(), n).
 *
 * More than the semaphore has waits for ever, and stands in nobody's way meanwhile.
 * A negative n panics: semaphore: negative weight */
GO_API void go_sema_acquire(go_sema *s, int64_t n);

/* go_sema_try_acquire - take them if that is possible at once: not while somebody
 * waits.  Does not park.  Like Go's s.TryAcquire(n). */
GO_API bool go_sema_try_acquire(go_sema *s, int64_t n);

/* go_sema_acquire_until, _ctx - as acquire, with an end to the waiting (base.h).  Returns
 * 0 with the units, else -ETIMEDOUT or -ECANCELED without; whoever waits behind is then
 * served if what he wants is there. */
GO_API int go_sema_acquire_until(go_sema *s, int64_t n, int64_t deadline) GO_MUST_CHECK;
GO_API int go_sema_acquire_ctx(go_sema *s, int64_t n, go_context *ctx) GO_MUST_CHECK;

/* go_sema_release - give n units back.  Does not park.  Like Go's s.Release(n).
 *
 * Panics: semaphore: released more than held, and nothing has been released then */
GO_API void go_sema_release(go_sema *s, int64_t n);

GO_END_DECLS

#endif

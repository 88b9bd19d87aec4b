/* SPDX-License-Identifier: MIT */
/* A cache of things that are dear to make, like Go's sync.Pool.
 *
 *     static go_pool buffers = { .make = buffer_new, .destroy = free };
 *
 *     struct buffer *b = go_pool_get(&buffers);
 *     ...
 *     go_pool_put(&buffers, b);
 */
#ifndef GOROUTINE_POOL_H
#define GOROUTINE_POOL_H

#include <goroutine/base.h>

GO_BEGIN_DECLS

/* go_pool - what is put may be got again by anybody, or be dropped at any time.
 *
 * Members to set before the first use, each may be NULL:
 *   make     called with arg by a get that finds nothing; may itself return NULL
 *   destroy  called with what the pool drops: what nobody wanted for one to two seconds,
 *            looked for whenever the pool is used, and everything by go_pool_clear.
 *            Without it nothing is dropped, but may be forgotten when memory runs out
 *   arg      the user's
 * Both are called on the goroutine that uses the pool, without any lock: they may park,
 * and use this pool too.
 *
 * Zero-initialised it is ready, as in Go.  Must not be copied once it was used.  Any
 * goroutine or thread may call.  Each P has a small store of its own, so that a get
 * after a put costs neither a lock nor a locked instruction; the rest is shared.  What
 * happened before a put of x, happened before the get that returns x. */
typedef struct go_pool {
    void *(*make)(void *arg);
    void (*destroy)(void *item);
    void *arg;
    struct go_pool_ *impl_;
} go_pool;

/* go_pool_get - take something out; anything that was put.  Else what make returns, or
 * NULL without make.  Like Go's p.Get(). */
GO_API void *go_pool_get(go_pool *p);

/* go_pool_put - give item to whoever gets next.  The caller must not use it any more.
 * NULL is ignored.  Never fails.  Like Go's p.Put(x). */
GO_API void go_pool_put(go_pool *p, void *item);

/* go_pool_clear - drop everything that has been put before.
 *
 * Others may use the pool meanwhile.  Without destroy the items are forgotten. */
GO_API void go_pool_clear(go_pool *p);

/* go_pool_end - clear it, and give back the pool's own memory.
 *
 * For a pool that does not live as long as the program.  Nobody may use it meanwhile;
 * afterwards it is as before its first use. */
GO_API void go_pool_end(go_pool *p);

GO_END_DECLS

#endif

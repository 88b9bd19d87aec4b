/* SPDX-License-Identifier: MIT */
/* Goroutines that can be waited for one by one: go_start gives a handle.
 *
 *     go_handle *h = go_start(f, a, b);
 *     ...
 *     go_join(h);
 *
 * Every handle is given back once: by go_join, by a go_join_until or _ctx that
 * returns 0, or by go_detach.  Go has no counterpart; there it is a channel that is
 * closed at the end.
 */
#ifndef GOROUTINE_JOIN_H
#define GOROUTINE_JOIN_H

#include <goroutine/base.h>
#include <goroutine/go.h>

/* go_handle - a goroutine that somebody will wait for. */
typedef struct go_handle go_handle;

/* What go_start puts before its packed call; as large as it is aligned. */
struct go_join_call_ {
    go_handle *handle;
    void (*entry)(void *);
} __attribute__((aligned(16)));

GO_BEGIN_DECLS

/* go_join - wait until the goroutine has ended, and give the handle back.
 *
 * It has ended when its function has returned or go_exit has run the deferred calls,
 * and its go_local values are destroyed; all that it did has then happened.  Parks the
 * goroutine, never its thread.  One at a time may wait for a handle.  A goroutine that
 * waits for itself waits for ever. */
GO_API void go_join(go_handle *h);

/* go_join_until, go_join_ctx - go_join with a bound: 0, or -ETIMEDOUT or -ECANCELED
 * (base.h), and the handle is still valid. */
GO_API int go_join_until(go_handle *h, int64_t deadline) GO_MUST_CHECK;
GO_API int go_join_ctx(go_handle *h, go_context *ctx) GO_MUST_CHECK;

/* go_detach - give the handle back; nobody will wait.  Never parks. */
GO_API void go_detach(go_handle *h);

/* go_handle_id - the goroutine's go_id, also once it has ended. */
GO_API uint64_t go_handle_id(const go_handle *h);

/* go_handle_cpu_time - the CPU time the goroutine has used, in ns, or used in all if it
 * has ended; 0 while CPU time is not counted.  See go_cpu_time. */
GO_API int64_t go_handle_cpu_time(go_handle *h);

/* go_join_start_ - the ABI under the macros: as go_spawn_or_die_, of a struct go_join_call_
 * and the bytes that follow; sets its handle. */
GO_API go_handle *go_join_start_(const go_attr *attr, struct go_join_call_ *call, size_t size,
                                 const void *fn);
GO_API void go_join_run_(void *p);

GO_END_DECLS

static inline GO_MUST_CHECK go_handle *go_must_join_(go_handle *h)
{
    return h;
}

/* go_start(f, args...) - go(f, args...), giving a handle to wait for its end.
 *
 * Never NULL: out of memory ends the program, as for go.  go_start_with(attr, f,
 * args...) is to go_with what go_start is to go.  A goroutine that panics never ends:
 * the program does. */
#ifdef __cplusplus

namespace go_cpp_
{
/* What go_start sends. */
template <class S> struct joined {
    struct ::go_join_call_ head;
    S sent;
};
} // namespace go_cpp_

#define go_start(...)            GO_START_(GO_FRESH_, nullptr, __VA_ARGS__)
#define go_start_with(attr, ...) GO_START_(GO_FRESH_, (go_cpp_::with{ (attr) }), __VA_ARGS__)
#define GO_START_(p, attr, ...)                                                                    \
    go_must_join_(__extension__({                                                                  \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        go_cpp_::joined<decltype(p.sent)> GO_CAT_(p, _all) = { { nullptr, p.entry },               \
                                                               std::move(p.sent) };                \
        go_handle *GO_CAT_(p, _h) =                                                                \
            go_join_start_(attr, &GO_CAT_(p, _all).head, sizeof(GO_CAT_(p, _all)), p.fn);          \
        p.started();                                                                               \
        GO_CAT_(p, _h);                                                                            \
    }))

#else

#define go_start(...)                                                                              \
    go_must_join_(__extension__({                                                                  \
        GO_PACK_(__VA_ARGS__)                                                                      \
        GO_START_(NULL);                                                                           \
    }))
#define go_start_with(attr, ...)                                                                   \
    go_must_join_(__extension__({                                                                  \
        const go_attr go_attr_ = (attr);                                                           \
        GO_PACK_(__VA_ARGS__)                                                                      \
        GO_START_(&go_attr_);                                                                      \
    }))
#define GO_START_(attr)                                                                            \
    struct {                                                                                       \
        struct go_join_call_ head;                                                                 \
        __typeof__(go_args_) args;                                                                 \
    } go_join_args_ = { { NULL, go_entry_ }, go_args_ };                                           \
    go_join_start_(attr, &go_join_args_.head, sizeof(go_join_args_), go_fn_)

#endif

#endif

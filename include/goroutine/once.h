/* SPDX-License-Identifier: MIT */
/* Functions that run once and whose result is kept, like Go's sync.OnceFunc, OnceValue.
 *
 *     static go_once_value(struct config *) config;
 *
 *     struct config *c = go_once_get(&config, config_read, "/etc/thing");
 */
#ifndef GOROUTINE_ONCE_H
#define GOROUTINE_ONCE_H

#include <goroutine/base.h>
#include <goroutine/macros.h>
#include <goroutine/panic.h>
#include <goroutine/sync.h>

/* go_once_func - a function that runs once; see go_once_call.  Zero-initialised it is
 * ready; must not be copied once it was used.  Fields are private. */
typedef struct go_once_func {
    go_once once_;
    const char *panic_; /* written before the once is done */
} go_once_func;

/* One call that runs the function; in the frame of the caller. */
struct go_once_run_ {
    struct go_defer_ defer_;
    struct go_once_func *once_; /* NULL: another runs it */
    bool returned_;
};

GO_BEGIN_DECLS

/* go_once_begin_ - true: the caller runs the function, and go_once_end_ follows.  Else it
 * has returned; or panics. */
GO_API bool go_once_begin_(struct go_once_run_ *r, go_once_func *o);
/* 1, 0, or how the bound ended the wait. */
GO_API int go_once_begin_until_(struct go_once_run_ *r, go_once_func *o, int64_t deadline);
GO_API int go_once_begin_ctx_(struct go_once_run_ *r, go_once_func *o, go_context *ctx);
GO_API void go_once_end_(struct go_once_run_ *r);

GO_END_DECLS

/* The library's last state of a once; pairs with the release of who ran it. */
#define GO_ONCE_DONE_ 3
static inline bool go_once_done_(go_once *o)
{
    return __atomic_load_n(&o->state_, __ATOMIC_ACQUIRE) == GO_ONCE_DONE_;
}
static inline bool go_once_ready_(go_once_func *o)
{
    return go_once_done_(&o->once_) && !o->panic_;
}

/* go_once_do as sync.h tells it, without a call when it is done. */
static inline void go_once_do_(go_once *o, void (*f)(void *arg), void *arg)
{
    if (!go_once_done_(o))
        go_once_do(o, f, arg);
}
#define go_once_do(o, f, arg) go_once_do_(o, f, arg)

/* go_once_call(&o, f, args...) - call f(args...), the first time; others wait until it has
 * returned.  Like Go's  call := sync.OnceFunc(f)  and then  call().
 *
 * The arguments are evaluated only by the call that runs f.  If f panics, so does this
 * call, and with the same text every other one, now and later.  If f is left by go_exit or
 * an exception instead, they panic too: sync: once function did not return
 * f must not use the same once: it would wait for itself. */
#define go_once_call(o, ...) GO_ONCE_CALL_(GO_CAT_(go_once_, __COUNTER__), o, __VA_ARGS__)

/* go_once_value(T) - the type of a variable for go_once_get.  T is what the function
 * returns; for several values, a struct. */
/* go_once_get(&o, f, args...) - the value that f(args...) returned, the first time.
 *
 * As go_once_call in all else.  Like Go's  get := sync.OnceValue(f)  and then  get(). */
#define go_once_value(T)                                                                           \
    struct {                                                                                       \
        go_once_func func_;                                                                        \
        T value_;                                                                                  \
    }
#define go_once_get(o, ...) GO_ONCE_GET_(GO_CAT_(go_once_, __COUNTER__), o, __VA_ARGS__)

/* go_once_call_until(&o, t, f, args...), go_once_call_ctx(&o, ctx, f, args...),
 * go_once_get_until(&o, dst, t, f, args...), go_once_get_ctx(&o, dst, ctx, f, args...) -
 * the same, but waiting for another's f not later than the time t, not longer than the
 * context lasts.  The bound is not on running f here.
 *
 * 0, with the value in *dst; -ETIMEDOUT or -ECANCELED, with *dst left alone. */
#define go_once_call_until(o, t, ...)                                                              \
    go_must_check_(                                                                                \
        GO_ONCE_CALL_BY_(GO_CAT_(go_once_, __COUNTER__), o, go_once_begin_until_, t, __VA_ARGS__))
#define go_once_call_ctx(o, ctx, ...)                                                              \
    go_must_check_(                                                                                \
        GO_ONCE_CALL_BY_(GO_CAT_(go_once_, __COUNTER__), o, go_once_begin_ctx_, ctx, __VA_ARGS__))
#define go_once_get_until(o, dst, t, ...)                                                          \
    go_must_check_(GO_ONCE_GET_BY_(GO_CAT_(go_once_, __COUNTER__), o, dst, go_once_begin_until_,   \
                                   t, __VA_ARGS__))
#define go_once_get_ctx(o, dst, ctx, ...)                                                          \
    go_must_check_(GO_ONCE_GET_BY_(GO_CAT_(go_once_, __COUNTER__), o, dst, go_once_begin_ctx_,     \
                                   ctx, __VA_ARGS__))

#ifdef __cplusplus
#define GO_ONCE_AUTO_ auto
#else
#define GO_ONCE_AUTO_ __auto_type
#endif

#define GO_ONCE_CALL_(p, o, ...)                                                                   \
    __extension__({                                                                                \
        go_once_func *GO_CAT_(p, _o) = (o);                                                        \
        GO_ONCE_RUN_(p, GO_CAT_(p, _o), (void)GO_ONCE_F_(__VA_ARGS__));                            \
    })
#define GO_ONCE_GET_(p, o, ...)                                                                    \
    __extension__({                                                                                \
        GO_ONCE_AUTO_ GO_CAT_(p, _o) = (o);                                                        \
        GO_ONCE_RUN_(p, &GO_CAT_(p, _o)->func_, GO_CAT_(p, _o)->value_ = GO_ONCE_F_(__VA_ARGS__)); \
        GO_CAT_(p, _o)->value_;                                                                    \
    })
#define GO_ONCE_RUN_(p, func, run)                                                                 \
    if (!go_once_ready_(func)) {                                                                   \
        struct go_once_run_ GO_CAT_(p, _r)                                                         \
            __attribute__((cleanup(go_once_end_))) = { { 0, 0, 0, 0 }, 0, false };                 \
        if (go_once_begin_(&GO_CAT_(p, _r), func)) {                                               \
            run;                                                                                   \
            GO_CAT_(p, _r).returned_ = true;                                                       \
        }                                                                                          \
    }                                                                                              \
    (void)0
#define GO_ONCE_CALL_BY_(p, o, begin, bound, ...)                                                  \
    __extension__({                                                                                \
        go_once_func *GO_CAT_(p, _o) = (o);                                                        \
        GO_ONCE_RUN_BY_(p, GO_CAT_(p, _o), begin, bound, (void)GO_ONCE_F_(__VA_ARGS__));           \
        GO_CAT_(p, _err);                                                                          \
    })
#define GO_ONCE_GET_BY_(p, o, dst, begin, bound, ...)                                              \
    __extension__({                                                                                \
        GO_ONCE_AUTO_ GO_CAT_(p, _o) = (o);                                                        \
        GO_ONCE_AUTO_ GO_CAT_(p, _dst) = (dst);                                                    \
        GO_ONCE_RUN_BY_(p, &GO_CAT_(p, _o)->func_, begin, bound,                                   \
                        GO_CAT_(p, _o)->value_ = GO_ONCE_F_(__VA_ARGS__));                         \
        if (!GO_CAT_(p, _err))                                                                     \
            *GO_CAT_(p, _dst) = GO_CAT_(p, _o)->value_;                                            \
        GO_CAT_(p, _err);                                                                          \
    })
#define GO_ONCE_RUN_BY_(p, func, begin, bound, run)                                                \
    int GO_CAT_(p, _err) = 0;                                                                      \
    if (!go_once_ready_(func)) {                                                                   \
        struct go_once_run_ GO_CAT_(p, _r)                                                         \
            __attribute__((cleanup(go_once_end_))) = { { 0, 0, 0, 0 }, 0, false };                 \
        GO_CAT_(p, _err) = begin(&GO_CAT_(p, _r), func, bound);                                    \
        if (GO_CAT_(p, _err) > 0) {                                                                \
            run;                                                                                   \
            GO_CAT_(p, _r).returned_ = true;                                                       \
            GO_CAT_(p, _err) = 0;                                                                  \
        }                                                                                          \
    }                                                                                              \
    (void)0
#define GO_ONCE_F_(...)      GO_CAT3_(GO_ONCE_F_, GO_ONE_OR_MANY_(__VA_ARGS__), _)(__VA_ARGS__)
#define GO_ONCE_F_1_(f)      (f)()
#define GO_ONCE_F_N_(f, ...) (f)(__VA_ARGS__)

#endif

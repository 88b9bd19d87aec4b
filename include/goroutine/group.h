/* SPDX-License-Identifier: MIT */
/* Working together: groups of goroutines that fail and end as one, and work that is
 * done once for all who ask for it.  Any goroutine or thread may call everything here.
 */
#ifndef GOROUTINE_GROUP_H
#define GOROUTINE_GROUP_H

#include <goroutine/base.h>
#include <goroutine/chan.h>
#include <goroutine/context.h>
#include <goroutine/go.h>
#include <goroutine/sync.h>

/* go_group - goroutines that work on parts of one task.
 *
 *     static int fetch(go_context *ctx, const char *url);
 *
 *     go_group *g = go_group_new(NULL);
 *     for (int i = 0; i < n; i++)
 *         go_group_go(g, fetch, go_group_context(g), url[i]);
 *     int err = go_group_wait(g);      // the first error, or 0
 *
 * The first that returns an error cancels the group's context; the others see it and
 * return early.  go_group_wait returns when all have ended: nothing outlives it.
 * Like x/sync's errgroup.Group. */
typedef struct go_group go_group;

GO_BEGIN_DECLS

/* go_group_new - a group, whose context is made from parent; NULL: from the root.
 *
 * go_group_wait ends it, and must be called.  Out of memory ends the program.
 * Like errgroup.WithContext. */
GO_API go_group *go_group_new(go_context *parent);

/* go_group_context - the group's context.
 *
 * It ends with its parent, with the first error, which is its cause, and when
 * go_group_wait is about to return.  It is the group's: what needs it for longer holds
 * it. */
GO_API go_context *go_group_context(go_group *g);

/* go_group_set_limit - not more than n goroutines of the group at a time; n < 0: any
 * number, as in a new group; 0: none can be added.
 *
 * Panics if some of the group are running: "errgroup: modify limit while N
 * goroutines in the group are still active".  Not while others call go_group_go.
 * Like errgroup's SetLimit. */
GO_API void go_group_set_limit(go_group *g, int n);

/* go_group_wait - wait until all goroutines of the group have ended; end the group.
 *
 * Returns what the first to fail returned, or 0.  The context is cancelled, the group is
 * freed: nobody may use it any more.  Like errgroup's Wait. */
GO_API int go_group_wait(go_group *g);

/* go_group_wait_until, go_group_wait_ctx - the same, but not later than the deadline, not
 * longer than the context lasts.
 *
 * 0: all have ended, *err is what go_group_wait returns, the group is freed.  -ETIMEDOUT,
 * -ECANCELED: some have not; the group is as it was and must still be waited for. */
GO_API int go_group_wait_until(go_group *g, int64_t deadline, int *err) GO_MUST_CHECK;
GO_API int go_group_wait_ctx(go_group *g, go_context *ctx, int *err) GO_MUST_CHECK;

/* The ABI under the macros: take a place, waiting for it if there is a limit; and the
 * goroutine. */
GO_API void go_group_enter_(go_group *g);
GO_API bool go_group_try_enter_(go_group *g);
GO_API int go_group_enter_until_(go_group *g, int64_t deadline) GO_MUST_CHECK;
GO_API int go_group_enter_ctx_(go_group *g, go_context *ctx) GO_MUST_CHECK;
GO_API void go_group_run_(void *p);

GO_END_DECLS

/* go_group_go(g, f, args...) - run f(args...) in a new goroutine of the group.
 *
 * As go, but f returns int: 0, or an error, any other number.  Parks the caller while
 * the limit is reached.  f may also end by go_exit, which is no error.  The goroutines
 * of a group may add others.  Like errgroup's Go. */
/* go_group_try_go(g, f, args...) - the same without parking.  bool: it was started.
 *
 * Like errgroup's TryGo. */
/* go_group_go_until(g, t, f, args...), go_group_go_ctx(g, ctx, f, args...) - go_group_go,
 * but waiting for a place not later than the time t, not longer than the context lasts.
 *
 * 0: it was started; -ETIMEDOUT, -ECANCELED: it was not. */
#ifdef __cplusplus
#define go_group_go(g, ...)     GO_GROUP_GO_(GO_FRESH_, g, __VA_ARGS__)
#define go_group_try_go(g, ...) GO_GROUP_TRY_GO_(GO_FRESH_, g, __VA_ARGS__)
#define go_group_go_until(g, t, ...)                                                               \
    go_must_check_(GO_GROUP_BOUNDED_(GO_FRESH_, go_group_enter_until_, g, t, __VA_ARGS__))
#define go_group_go_ctx(g, ctx, ...)                                                               \
    go_must_check_(GO_GROUP_BOUNDED_(GO_FRESH_, go_group_enter_ctx_, g, ctx, __VA_ARGS__))
#define GO_GROUP_BOUNDED_(p, enter, g, bound, ...)                                                 \
    __extension__({                                                                                \
        go_group *GO_CAT_(p, _group) = (g);                                                        \
        auto GO_CAT_(p, _bound) = (bound);                                                         \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        const int GO_CAT_(p, _err) = enter(GO_CAT_(p, _group), GO_CAT_(p, _bound));                \
        if (!GO_CAT_(p, _err)) {                                                                   \
            GO_GROUP_SPAWN_(p)                                                                     \
        }                                                                                          \
        GO_CAT_(p, _err);                                                                          \
    })
#define GO_GROUP_SPAWN_(p)                                                                         \
    const go_cpp_::kept<decltype(p.sent)> GO_CAT_(                                                 \
        p, _all) = { { GO_CAT_(p, _group), p.entry_int(), 0 }, std::move(p.sent) };                \
    go_spawn_or_die_(nullptr, go_group_run_, &GO_CAT_(p, _all), sizeof(GO_CAT_(p, _all)), p.fn);   \
    p.started();
#define GO_GROUP_GO_(p, g, ...)                                                                    \
    __extension__({                                                                                \
        go_group *GO_CAT_(p, _group) = (g);                                                        \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        go_group_enter_(GO_CAT_(p, _group));                                                       \
        GO_GROUP_SPAWN_(p)                                                                         \
    })
#define GO_GROUP_TRY_GO_(p, g, ...)                                                                \
    __extension__({                                                                                \
        go_group *GO_CAT_(p, _group) = (g);                                                        \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        const bool GO_CAT_(p, _in) = go_group_try_enter_(GO_CAT_(p, _group));                      \
        if (GO_CAT_(p, _in)) {                                                                     \
            GO_GROUP_SPAWN_(p)                                                                     \
        }                                                                                          \
        GO_CAT_(p, _in);                                                                           \
    })
#else
#define GO_GROUP_SPAWN_                                                                            \
    struct {                                                                                       \
        struct go_int_call_ head;                                                                  \
        __typeof__(go_args_) args;                                                                 \
    } go_group_args_ = { { go_group_, go_entry_, 0 }, go_args_ };                                  \
    go_spawn_or_die_(NULL, go_group_run_, &go_group_args_, sizeof(go_group_args_), go_fn_);
#define go_group_go(g, ...)                                                                        \
    __extension__({                                                                                \
        go_group *const go_group_ = (g);                                                           \
        GO_PACK_INT_(__VA_ARGS__)                                                                  \
        go_group_enter_(go_group_);                                                                \
        GO_GROUP_SPAWN_                                                                            \
    })
#define go_group_try_go(g, ...)                                                                    \
    __extension__({                                                                                \
        go_group *const go_group_ = (g);                                                           \
        GO_PACK_INT_(__VA_ARGS__)                                                                  \
        const bool go_group_in_ = go_group_try_enter_(go_group_);                                  \
        if (go_group_in_) {                                                                        \
            GO_GROUP_SPAWN_                                                                        \
        }                                                                                          \
        go_group_in_;                                                                              \
    })
#define go_group_go_until(g, t, ...)                                                               \
    GO_GROUP_BOUNDED_(go_group_enter_until_, int64_t, g, t, __VA_ARGS__)
#define go_group_go_ctx(g, ctx, ...)                                                               \
    GO_GROUP_BOUNDED_(go_group_enter_ctx_, go_context *, g, ctx, __VA_ARGS__)
#define GO_GROUP_BOUNDED_(enter, T, g, bound, ...)                                                 \
    go_must_check_(__extension__({                                                                 \
        go_group *const go_group_ = (g);                                                           \
        T const go_group_bound_ = (bound);                                                         \
        GO_PACK_INT_(__VA_ARGS__)                                                                  \
        const int go_group_err_ = enter(go_group_, go_group_bound_);                               \
        if (!go_group_err_) {                                                                      \
            GO_GROUP_SPAWN_                                                                        \
        }                                                                                          \
        go_group_err_;                                                                             \
    }))
#endif

/* go_singleflight - the same work, asked for by many at once, is done once.
 *
 *     static go_singleflight flights;
 *     static int load(void *name, void **value);
 *
 *     go_flight f = go_singleflight_do(&flights, name, load, name);
 *
 * Work is known by a key, a string.  While it is under way, others that ask for the same
 * key wait for its result.  All zero is ready to use; it owns no memory at rest, and must
 * live until every flight has brought its result, also where nobody waits any more.
 *
 * hold and drop are for values that are counted; they may be called by several at once.
 * If set, hold is called once for each who gets the value, and then drop once for the
 * flight itself, with any value but NULL.  Like x/sync's singleflight.Group. */
typedef struct go_singleflight {
    void (*hold)(void *value);
    void (*drop)(void *value);
    go_mutex lock_;
    uint32_t count_, size_;
    struct go_flight_ **table_;
} go_singleflight;

/* What a flight brings. */
typedef struct go_flight {
    void *value; /* what f stored; the same for all who share it */
    int err;     /* what f returned; -EOWNERDEAD if it never did */
    bool shared; /* others got it too */
} go_flight;

/* The work: stores its result in *value, NULL before, and returns 0 or an error. */
typedef int go_flight_func(void *arg, void **value);

GO_BEGIN_DECLS

/* go_singleflight_do - the result of f(arg) under key.
 *
 * If nobody does, calls f, here; else waits for the one who does.  The key is copied.
 * If f ends its goroutine (go_exit), panics or throws, those who wait get -EOWNERDEAD.  f must
 * not ask for its own key.  Like singleflight's Do. */
GO_API go_flight go_singleflight_do(go_singleflight *s, const char *key, go_flight_func *f,
                                    void *arg);

/* go_singleflight_do_until, go_singleflight_do_ctx - the same, but not later than the
 * deadline, not longer than the context lasts.
 *
 * f runs in a goroutine of its own, and goes on without us: arg must live as long.
 * 0 and *result; -ETIMEDOUT; -ECANCELED. */
GO_API int go_singleflight_do_until(go_singleflight *s, const char *key, go_flight_func *f,
                                    void *arg, go_flight *result, int64_t deadline) GO_MUST_CHECK;
GO_API int go_singleflight_do_ctx(go_singleflight *s, const char *key, go_flight_func *f, void *arg,
                                  go_flight *result, go_context *ctx) GO_MUST_CHECK;

/* go_singleflight_do_chan - the same, to be received.
 *
 * f runs in a goroutine of its own.  The channel gets one result and is never closed; the
 * caller drops it, and may do so early, if values are not counted.
 * Like singleflight's DoChan. */
GO_API go_chan(go_flight) go_singleflight_do_chan(go_singleflight *s, const char *key,
                                                  go_flight_func *f, void *arg);

/* go_singleflight_forget - who asks for key from now on does not get the result of what
 * is under way.  Like singleflight's Forget. */
GO_API void go_singleflight_forget(go_singleflight *s, const char *key);

GO_END_DECLS

#endif

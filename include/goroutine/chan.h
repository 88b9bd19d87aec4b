/* SPDX-License-Identifier: MIT */
/* Channels.
 *
 *     go_chan(int) c = go_make(int, 0);
 *     go(producer, c);
 *     go_range(n, c)
 *         printf("%d\n", n);
 *     go_drop(c);
 *
 * The element type is part of the channel's type, also from file to file; an
 * operation with another one does not compile.  A channel is a reference, as in
 * Go: copying it does not copy the channel.  NULL is the nil channel: send and
 * receive park for ever, its length and capacity are 0, closing it panics.
 *
 * There is no collector: a channel counts its holders.  go_make returns one
 * hold; go_hold adds one, go_drop takes one back, the last drop frees.  Whoever
 * uses a channel holds it, or knows of somebody who holds it meanwhile.
 *
 * Any goroutine or thread may call everything here.
 */
#ifndef GOROUTINE_CHAN_H
#define GOROUTINE_CHAN_H

#include <goroutine/base.h>

struct go_chan_;     /* the channel itself */
struct go_chan_tag_; /* never defined: marks the type of a channel */

/* go_chan(T) - a channel of T.
 *
 * T is any type that has a value: no array (put it in a struct), no void (use an
 * empty struct).  In C++ T must be trivially copyable.
 *
 * The type is that of a pointer to a function returning T *.  No such function
 * exists, nor is one called: it is how C says "something of T" structurally. */
#define go_chan(...) __typeof__(__typeof__(__VA_ARGS__) *(*)(struct go_chan_tag_ *))

GO_BEGIN_DECLS

/* The ABI under the macros; what each does stands at its macro. */
GO_API struct go_chan_ *go_chan_make_(size_t elem, int64_t cap);
GO_API int go_chan_try_make_(struct go_chan_ **c, size_t elem, int64_t cap) GO_MUST_CHECK;
GO_API void go_chan_send_(struct go_chan_ *c, const void *v);
GO_API bool go_chan_recv_(struct go_chan_ *c, void *dst);
GO_API int go_chan_try_send_(struct go_chan_ *c, const void *v) GO_MUST_CHECK;
GO_API int go_chan_try_recv_(struct go_chan_ *c, void *dst) GO_MUST_CHECK;
GO_API int go_chan_send_until_(struct go_chan_ *c, const void *v, int64_t deadline) GO_MUST_CHECK;
GO_API int go_chan_recv_until_(struct go_chan_ *c, void *dst, int64_t deadline) GO_MUST_CHECK;
GO_API int go_chan_send_ctx_(struct go_chan_ *c, const void *v, go_context *ctx) GO_MUST_CHECK;
GO_API int go_chan_recv_ctx_(struct go_chan_ *c, void *dst, go_context *ctx) GO_MUST_CHECK;
GO_API void go_chan_close_(struct go_chan_ *c);
GO_API size_t go_chan_len_(struct go_chan_ *c);
GO_API size_t go_chan_cap_(struct go_chan_ *c);
GO_API struct go_chan_ *go_chan_hold_(struct go_chan_ *c);
GO_API void go_chan_drop_(struct go_chan_ *c);

GO_END_DECLS

#include <goroutine/macros.h>

/* go_make(T, cap) - a new channel of T with room for cap elements.
 *
 * cap 0 is a rendezvous: send waits for its receiver.  A negative cap, or one too
 * large for the address space, panics: "makechan: size out of range".  Out of
 * memory ends the program.  The caller holds the channel.
 * Like Go's  make(chan T, cap). */

/* go_try_make(&c, cap) - go_make into c, with an error instead of an end.
 *
 * 0; -EINVAL where go_make panics; -ENOMEM.  With an error c is NULL: do not go
 * on with it, for a nil channel blocks for ever. */

/* go_send(c, v) - send v, converted to the element type as by assignment.
 *
 * Parks the goroutine (not its thread) until a receiver takes v or there is room.
 * A closed channel, also one that is closed meanwhile, panics: "send on closed
 * channel".  Like Go's  c <- v. */

/* go_recv(c, dst) - receive one element into *dst.  Returns bool.
 *
 * Parks the goroutine (not its thread) until a value or close.  dst is a pointer
 * to the element type, or NULL to discard.
 * true with a value; false, *dst zeroed, once c is closed and empty.
 * Like Go's  v, ok := <-c. */

/* go_range(v, c) { ... } - for each value received from c, until it is closed
 * and empty.
 *
 * Declares v, anew each time around the block.  c is evaluated once.  break and
 * continue as in any loop.  Like Go's  for v := range c. */

/* go_try_send(c, v), go_try_recv(c, dst) - the same without parking.
 *
 * 0 done; -EAGAIN it would have parked; recv: -EPIPE, *dst zeroed, once c is
 * closed and empty.  Sending on a closed channel panics. */

/* go_send_until(c, v, t), go_recv_until(c, dst, t) - the same, but not later than
 * the time t (go_now() + d nanoseconds; GO_FOREVER is never).
 *
 * 0 done; -ETIMEDOUT; recv: -EPIPE, *dst zeroed, once c is closed and empty.
 * What can be done at once is done, even if t has passed. */

/* go_send_ctx(c, v, ctx), go_recv_ctx(c, dst, ctx) - the same, but not longer than the
 * context lasts.
 *
 * 0 done; -ECANCELED, -ETIMEDOUT: how the context ended; recv: -EPIPE as above.  What
 * can be done at once is done, also when the context has ended.  NULL never ends. */

/* go_close(c) - no more values will be sent.
 *
 * Receivers get what is buffered, then false; parked senders panic.  Panics
 * "close of closed channel", "close of nil channel".  Holders are not touched.
 * Like Go's close. */

/* go_len(c), go_cap(c) - how many elements are buffered; for how many there is
 * room.  size_t.  0 for NULL.  The length may be stale when it is returned. */

/* go_hold(c) - add a holder; returns c, for  go(f, go_hold(c)).
 * go_drop(c) - take a holder back; the last one frees c and what is buffered in
 * it.  NULL is fine.  Nobody may be parked on a channel that is freed. */

#ifdef __cplusplus
#include <type_traits>

namespace go_cpp_
{
template <class T> using chan = T *(*)(struct ::go_chan_tag_ *);
/* Keeps an argument out of the deduction of T: T is the channel's alone. */
template <class T> struct same {
    using type = T;
};
template <class T> using value = typename same<std::remove_cv_t<T>>::type;
template <class C> struct elem_of;
template <class T> struct elem_of<chan<T>> {
    using type = std::remove_cv_t<T>;
};
template <class C>
using elem = typename elem_of<std::remove_cv_t<std::remove_reference_t<C>>>::type;

template <class T> inline struct ::go_chan_ *raw(chan<T> c)
{
    return reinterpret_cast<struct ::go_chan_ *>(c);
}
template <class T> inline chan<T> make(int64_t cap)
{
    static_assert(std::is_trivially_copyable<T>::value,
                  "go_make: a channel copies bytes: the type must be trivially copyable");
    return reinterpret_cast<chan<T>>(go_chan_make_(sizeof(T), cap));
}
} // namespace go_cpp_

#define go_make(T, cap) (go_cpp_::make<__typeof__(T)>(cap))

template <class T> GO_MUST_CHECK inline int go_try_make(go_cpp_::chan<T> *c, int64_t cap)
{
    static_assert(std::is_trivially_copyable<T>::value,
                  "go_try_make: a channel copies bytes: the type must be trivially copyable");
    struct go_chan_ *made = nullptr;
    const int err = go_chan_try_make_(&made, sizeof(T), cap);
    *c = err ? nullptr : reinterpret_cast<go_cpp_::chan<T>>(made);
    return err;
}
template <class T> inline void go_send(go_cpp_::chan<T> c, go_cpp_::value<T> v)
{
    go_chan_send_(go_cpp_::raw(c), &v);
}
template <class T> inline bool go_recv(go_cpp_::chan<T> c, go_cpp_::value<T> *dst)
{
    return go_chan_recv_(go_cpp_::raw(c), dst);
}
template <class T> GO_MUST_CHECK inline int go_try_send(go_cpp_::chan<T> c, go_cpp_::value<T> v)
{
    return go_chan_try_send_(go_cpp_::raw(c), &v);
}
template <class T> GO_MUST_CHECK inline int go_try_recv(go_cpp_::chan<T> c, go_cpp_::value<T> *dst)
{
    return go_chan_try_recv_(go_cpp_::raw(c), dst);
}
template <class T>
GO_MUST_CHECK inline int go_send_until(go_cpp_::chan<T> c, go_cpp_::value<T> v, int64_t t)
{
    return go_chan_send_until_(go_cpp_::raw(c), &v, t);
}
template <class T>
GO_MUST_CHECK inline int go_recv_until(go_cpp_::chan<T> c, go_cpp_::value<T> *dst, int64_t t)
{
    return go_chan_recv_until_(go_cpp_::raw(c), dst, t);
}
template <class T>
GO_MUST_CHECK inline int go_send_ctx(go_cpp_::chan<T> c, go_cpp_::value<T> v, go_context *ctx)
{
    return go_chan_send_ctx_(go_cpp_::raw(c), &v, ctx);
}
template <class T>
GO_MUST_CHECK inline int go_recv_ctx(go_cpp_::chan<T> c, go_cpp_::value<T> *dst, go_context *ctx)
{
    return go_chan_recv_ctx_(go_cpp_::raw(c), dst, ctx);
}
template <class T> inline void go_close(go_cpp_::chan<T> c)
{
    go_chan_close_(go_cpp_::raw(c));
}
template <class T> inline size_t go_len(go_cpp_::chan<T> c)
{
    return go_chan_len_(go_cpp_::raw(c));
}
template <class T> inline size_t go_cap(go_cpp_::chan<T> c)
{
    return go_chan_cap_(go_cpp_::raw(c));
}
template <class T> inline go_cpp_::chan<T> go_hold(go_cpp_::chan<T> c)
{
    go_chan_hold_(go_cpp_::raw(c));
    return c;
}
template <class T> inline void go_drop(go_cpp_::chan<T> c)
{
    go_chan_drop_(go_cpp_::raw(c));
}

#define GO_RANGE_ELEM_(c) go_cpp_::elem<__typeof__(c)>

#else /* C */

/* The element type of the channel c; and without its qualifiers. */
#define GO_ELEM_AS_IS_(c) __typeof__(*(c)((struct go_chan_tag_ *)0))
#define GO_ELEM_(c)       __typeof__(((void)0, *(c)((struct go_chan_tag_ *)0)))
/* The channel under the type. */
#define GO_RAW_(c)        (__extension__(struct go_chan_ *)(c))

/* Only a function can be called in the questions about a channel; stand-ins as in
 * macros.h.  The size of a function is an extension, and no pointer's. */
#define GO_IS_FUNCTION_(c)                                                                         \
    (GO_CLASS_(c) == GO_CLASS_POINTER_ && GO_CLASS_(*GO_OR_CHARP_(c)) == GO_CLASS_POINTER_ &&      \
     sizeof(*GO_OR_CHARP_(c)) == 1)
#define GO_OR_CHARP_(c)                                                                            \
    __builtin_choose_expr(GO_CLASS_(c) == GO_CLASS_POINTER_, (c), (const char *)0)
#define GO_OR_NIL_(c) __builtin_choose_expr(GO_IS_FUNCTION_(c), (c), (go_chan(int))0)

#define GO_ASSERT_CHAN_(what, c)                                                                   \
    GO_REQUIRE_(                                                                                   \
        go_is_channel_,                                                                            \
        __builtin_types_compatible_p(__typeof__(c), go_chan(GO_ELEM_AS_IS_(GO_OR_NIL_(c)))),       \
        what ": not a channel")
#define GO_ASSERT_VALUE_(what, c, v)                                                               \
    GO_ASSERT_CHAN_(what, c);                                                                      \
    GO_REQUIRE_(go_value_converts_, GO_ASSIGNS_(GO_ELEM_(c), (v)),                                 \
                what ": the value does not convert to the element type of the channel")
#define GO_ASSERT_DST_(what, c, dst)                                                               \
    GO_ASSERT_CHAN_(what, c);                                                                      \
    GO_REQUIRE_(go_points_to_element_, GO_POINTS_(GO_ELEM_(c), (dst)),                             \
                what ": the destination is not a pointer to the element type of the channel")
#define GO_ASSERT_ELEM_(what, T)                                                                   \
    GO_REQUIRE_(go_has_value_, !__builtin_types_compatible_p(T, void),                             \
                what ": void has no value: use an empty struct");                                  \
    GO_REQUIRE_(go_is_no_array_, __builtin_types_compatible_p(T, __typeof__(((void)0, *(T *)0))),  \
                what ": an array is not a value: put it in a struct")

#define go_make(T, cap)                                                                            \
    __extension__({                                                                                \
        typedef __typeof__(T) go_elem_;                                                            \
        GO_ASSERT_ELEM_("go_make", go_elem_);                                                      \
        (go_chan(go_elem_))go_chan_make_(sizeof(go_elem_), (cap));                                 \
    })

#define go_try_make(c, cap)                                                                        \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_tm_out_ = (c);                                                            \
        GO_ASSERT_CHAN_("go_try_make", *go_tm_out_);                                               \
        typedef __typeof__(*(*go_tm_out_)((struct go_chan_tag_ *)0)) go_elem_;                     \
        GO_ASSERT_ELEM_("go_try_make", go_elem_);                                                  \
        struct go_chan_ *go_tm_made_ = NULL;                                                       \
        const int go_tm_err_ = go_chan_try_make_(&go_tm_made_, sizeof(go_elem_), (cap));           \
        *go_tm_out_ = go_tm_err_ ? NULL : (__typeof__(*go_tm_out_))go_tm_made_;                    \
        go_tm_err_;                                                                                \
    }))

/* v comes last and variadic, so that it may be a compound literal. */
#define go_send(c, ...)                                                                            \
    __extension__({                                                                                \
        __typeof__(c) go_s_c_ = (c);                                                               \
        GO_ASSERT_VALUE_("go_send", go_s_c_, (__VA_ARGS__));                                       \
        GO_ELEM_(go_s_c_) go_s_v_ = (__VA_ARGS__);                                                 \
        go_chan_send_(GO_RAW_(go_s_c_), &go_s_v_);                                                 \
    })
#define go_recv(c, dst)                                                                            \
    __extension__({                                                                                \
        __typeof__(c) go_r_c_ = (c);                                                               \
        GO_ASSERT_DST_("go_recv", go_r_c_, dst);                                                   \
        go_chan_recv_(GO_RAW_(go_r_c_), (dst));                                                    \
    })
#define go_try_send(c, ...)                                                                        \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_ts_c_ = (c);                                                              \
        GO_ASSERT_VALUE_("go_try_send", go_ts_c_, (__VA_ARGS__));                                  \
        GO_ELEM_(go_ts_c_) go_ts_v_ = (__VA_ARGS__);                                               \
        go_chan_try_send_(GO_RAW_(go_ts_c_), &go_ts_v_);                                           \
    }))
#define go_try_recv(c, dst)                                                                        \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_tr_c_ = (c);                                                              \
        GO_ASSERT_DST_("go_try_recv", go_tr_c_, dst);                                              \
        go_chan_try_recv_(GO_RAW_(go_tr_c_), (dst));                                               \
    }))
#define go_send_until(c, v, t)                                                                     \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_su_c_ = (c);                                                              \
        GO_ASSERT_VALUE_("go_send_until", go_su_c_, (v));                                          \
        GO_ELEM_(go_su_c_) go_su_v_ = (v);                                                         \
        go_chan_send_until_(GO_RAW_(go_su_c_), &go_su_v_, (t));                                    \
    }))
#define go_recv_until(c, dst, t)                                                                   \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_ru_c_ = (c);                                                              \
        GO_ASSERT_DST_("go_recv_until", go_ru_c_, dst);                                            \
        go_chan_recv_until_(GO_RAW_(go_ru_c_), (dst), (t));                                        \
    }))

#define go_send_ctx(c, v, ctx)                                                                     \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_sc_c_ = (c);                                                              \
        GO_ASSERT_VALUE_("go_send_ctx", go_sc_c_, (v));                                            \
        GO_ELEM_(go_sc_c_) go_sc_v_ = (v);                                                         \
        go_chan_send_ctx_(GO_RAW_(go_sc_c_), &go_sc_v_, (ctx));                                    \
    }))
#define go_recv_ctx(c, dst, ctx)                                                                   \
    go_must_check_(__extension__({                                                                 \
        __typeof__(c) go_rc_c_ = (c);                                                              \
        GO_ASSERT_DST_("go_recv_ctx", go_rc_c_, dst);                                              \
        go_chan_recv_ctx_(GO_RAW_(go_rc_c_), (dst), (ctx));                                        \
    }))

#define GO_RAW_CHECKED_(what, c)                                                                   \
    __extension__({                                                                                \
        GO_ASSERT_CHAN_(what, c);                                                                  \
        GO_RAW_(c);                                                                                \
    })
#define go_close(c) go_chan_close_(GO_RAW_CHECKED_("go_close", c))
#define go_len(c)   go_chan_len_(GO_RAW_CHECKED_("go_len", c))
#define go_cap(c)   go_chan_cap_(GO_RAW_CHECKED_("go_cap", c))
#define go_drop(c)  go_chan_drop_(GO_RAW_CHECKED_("go_drop", c))
#define go_hold(c)  (__extension__(__typeof__(c)) go_chan_hold_(GO_RAW_CHECKED_("go_hold", c)))

#define GO_RANGE_ELEM_(c) GO_ELEM_(c)

#endif /* C */

/* The outer loop runs once and keeps the channel: a break of the user's leaves the
 * inner one, and the outer one then ends by itself. */
#define go_range(v, c)                                                                             \
    for (__typeof__(c) GO_CAT_(go_range_c_, __LINE__) = (c), *GO_CAT_(go_range_once_, __LINE__) =  \
                                                                 &GO_CAT_(go_range_c_, __LINE__);  \
         GO_CAT_(go_range_once_, __LINE__); GO_CAT_(go_range_once_, __LINE__) = NULL)              \
        for (GO_RANGE_ELEM_(GO_CAT_(go_range_c_, __LINE__)) v;                                     \
             go_recv(GO_CAT_(go_range_c_, __LINE__), &v);)

#endif

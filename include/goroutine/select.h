/* SPDX-License-Identifier: MIT */
/* Select: wait for one of several channel operations, or for a time.
 *
 *     switch (go_select(go_on_recv(a, &x), go_on_send(b, y),
 *                       go_on_timeout(50 * GO_MILLISECOND))) {
 *     case 0: ...; break;      received x; go_selected_ok() tells closed from value
 *     case 1: ...; break;      y was sent
 *     case 2: ...; break;      nothing happened for 50 ms
 *     }
 *
 * Like Go's select.  Any goroutine or thread may call.
 */
#ifndef GOROUTINE_SELECT_H
#define GOROUTINE_SELECT_H

#include <goroutine/base.h>
#include <goroutine/chan.h>
#include <goroutine/time.h>

/* struct go_case - one case, made by the go_on_ macros.  Fields are private.
 * All zero is a receive from a nil channel, which never fires. */
struct go_case {
    int kind;
    struct go_chan_ *chan;
    void *elem;   /* where to receive, or what to send */
    int64_t when; /* of a timeout, on go_now()'s clock; the number of a descriptor */
};

enum {
    GO_CASE_RECV_,
    GO_CASE_SEND_,
    GO_CASE_DEFAULT_,
    GO_CASE_TIMEOUT_,
    GO_CASE_READABLE_,
    GO_CASE_WRITABLE_
};

GO_BEGIN_DECLS

/* go_select_cases - select over an array that is made at run time.
 *
 * n is 0 to 65536; without cases it parks for ever.  Returns the index of the
 * chosen case.  A case may be used again.  Like Go's reflect.Select.
 *
 *     struct go_case cases[N];
 *     for (int i = 0; i < N; i++)
 *         cases[i] = go_on_recv(in[i], &v[i]);
 *     int i = go_select_cases(cases, N);
 */
GO_API int go_select_cases(struct go_case *cases, int n);

/* go_selected_ok - whether the last select of this goroutine chose a receive that
 * got a value.  false: its channel was closed and empty, or it was no receive. */
GO_API bool go_selected_ok(void);

GO_API int go_select_(struct go_case *cases, int n);

/* go_on_deadline - fires at the time t, on go_now()'s clock.  GO_FOREVER: never. */
static inline struct go_case go_on_deadline(int64_t t)
{
    struct go_case k = { GO_CASE_TIMEOUT_, NULL, NULL, t };
    return k;
}

/* go_on_timeout - fires d nanoseconds from now; d <= 0: unless another is ready
 * at once.  Like Go's  case <-time.After(d). */
static inline struct go_case go_on_timeout(int64_t d)
{
    const int64_t now = go_now();
    return go_on_deadline(d > GO_FOREVER - now ? GO_FOREVER : d <= 0 ? now : now + d);
}

/* go_default - chosen if no other case is ready: the select does not park. */
static inline struct go_case go_default(void)
{
    struct go_case k = { GO_CASE_DEFAULT_, NULL, NULL, 0 };
    return k;
}

/* go_on_readable, go_on_writable - fires when a read, or an accept, or a write on the
 * descriptor fd would not park.
 *
 * That is: there is data, the end of it, an error or urgent data; or the deadline of the
 * descriptor is over, or it has been closed by go_close_fd meanwhile, or is none, or is a
 * file that is always ready.  Nothing is read: somebody else may be faster.  A file needs
 * none of this.  Go has none: there a goroutine reads and sends. */
static inline struct go_case go_on_readable(int fd)
{
    struct go_case k = { GO_CASE_READABLE_, NULL, NULL, fd };
    return k;
}

static inline struct go_case go_on_writable(int fd)
{
    struct go_case k = { GO_CASE_WRITABLE_, NULL, NULL, fd };
    return k;
}

GO_END_DECLS

/* go_select(cases...) - run one of the cases that are ready, else wait for one.
 *
 * An expression: the index of the chosen case, 0 for the first.  Operands are
 * evaluated once, in order, before anything is chosen; among the ready ones each
 * is as likely.  A nil channel never fires.  Sending on a closed channel panics.
 * Up to 32 cases; go_select_cases takes more.  go_select() parks for ever. */

/* go_on_recv(c, dst) - a receive from c into *dst; dst may be NULL.  A closed
 * channel fires, *dst zeroed. */

/* go_on_send(c, v) - a send of v, converted to the element type now.  The copy
 * lives until go_select returns, but in C only as long as the block it is written
 * in, in C++ as long as the full expression: for arrays use go_on_send_from. */

/* go_on_send_from(c, src) - a send of *src, read when the case is chosen. */

#ifdef __cplusplus
namespace go_cpp_
{
/* Holds the value of a send until the end of the full expression. */
template <class T> struct send_case {
    struct ::go_chan_ *c;
    std::remove_cv_t<T> v;
    operator go_case()
    {
        go_case k = { GO_CASE_SEND_, c, &v, 0 };
        return k;
    }
};
/* Two calls, so that the channel is evaluated before the value. */
template <class T> struct send_case_of {
    struct ::go_chan_ *c;
    send_case<T> operator()(value<T> v) const
    {
        return send_case<T>{ c, v };
    }
};
template <class T> inline send_case_of<T> on_send(chan<T> c)
{
    return send_case_of<T>{ raw(c) };
}

inline go_case to_case(const go_case &k)
{
    return k;
}
template <class T> inline go_case to_case(send_case<T> &&k)
{
    return k;
}

/* Constructed with braces, which evaluate in order. */
struct selection {
    int chosen;
    selection() : chosen(go_select_(nullptr, 0))
    {
    }
    template <class... K> explicit selection(K &&...k)
    {
        static_assert(sizeof...(K) <= 32, "go_select: more than 32 cases: use go_select_cases");
        go_case cases[] = { to_case(static_cast<K &&>(k))... };
        chosen = go_select_(cases, int(sizeof...(K)));
    }
};
} // namespace go_cpp_

#define go_on_send(c, ...) (go_cpp_::on_send(c)(__VA_ARGS__))
#define go_select(...)     (go_cpp_::selection{ __VA_ARGS__ }.chosen)

template <class T> inline go_case go_on_recv(go_cpp_::chan<T> c, go_cpp_::value<T> *dst)
{
    go_case k = { GO_CASE_RECV_, go_cpp_::raw(c), dst, 0 };
    return k;
}
template <class T> inline go_case go_on_send_from(go_cpp_::chan<T> c, const go_cpp_::value<T> *src)
{
    go_case k = { GO_CASE_SEND_, go_cpp_::raw(c), const_cast<go_cpp_::value<T> *>(src), 0 };
    return k;
}

#else /* C */

/* Members are given in the order of their evaluation.  The array of one is how a
 * struct value can initialise a compound literal. */
#define GO_CASE_(kind_, requirements, c, elem_)                                                    \
    (__extension__(struct go_case){ .kind = __extension__({                                        \
                                        requirements;                                              \
                                        kind_;                                                     \
                                    }),                                                            \
                                    .chan = GO_RAW_(c),                                            \
                                    .elem = elem_ })
#define go_on_recv(c, dst) GO_CASE_(GO_CASE_RECV_, GO_ASSERT_DST_("go_on_recv", c, dst), c, (dst))
#define go_on_send(c, ...)                                                                         \
    GO_CASE_(GO_CASE_SEND_, GO_ASSERT_VALUE_("go_on_send", c, (__VA_ARGS__)), c,                   \
             ((GO_ELEM_(c)[1]){ (__VA_ARGS__) }))
#define go_on_send_from(c, src)                                                                    \
    GO_CASE_(GO_CASE_SEND_, GO_ASSERT_SRC_("go_on_send_from", c, src), c, (void *)(uintptr_t)(src))
#define GO_ASSERT_SRC_(what, c, src)                                                               \
    GO_ASSERT_CHAN_(what, c);                                                                      \
    GO_REQUIRE_(go_points_to_element_, GO_POINTS_(const GO_ELEM_(c), (src)),                       \
                what ": the source is not a pointer to the element type of the channel")

/* clang-format off */

/* One statement a case: in order, and the literals of go_on_send live to the end of
 * the block. */
#define go_select(...)                                                                             \
    __extension__({                                                                                \
        _Static_assert(GO_COUNT_(__VA_ARGS__) <= 32,                                               \
                       "go_select: more than 32 cases: use go_select_cases");                      \
        struct go_case go_cases_[GO_COUNT_(__VA_ARGS__)], *go_case_ = go_cases_;                   \
        GO_CAT3_(GO_CASES_, GO_COUNT_(__VA_ARGS__), _)(__VA_ARGS__)                                \
        go_select_(go_cases_, (int)(go_case_ - go_cases_));                                        \
    })

/* The last argument may be none: then it has a comma only with parentheses after it. */
#define GO_CASES_1_(a)                                                                             \
    GO_CAT3_(GO_CASE_LAST_,                                                                        \
             GO_CAT_(GO_ONE_OR_MANY_(GO_COMMA_ a ()), GO_ONE_OR_MANY_(GO_COMMA_ a)), _)(a)
#define GO_COMMA_(...) ,
#define GO_CASE_LAST_N1_(a)
#define GO_CASE_LAST_11_(a) *go_case_++ = (a);
#define GO_CASE_LAST_NN_(a) *go_case_++ = (a);
#define GO_CASE_LAST_1N_(a) *go_case_++ = (a);
#define GO_CASES_2_(a, ...)  *go_case_++ = (a); GO_CASES_1_(__VA_ARGS__)
#define GO_CASES_3_(a, ...)  *go_case_++ = (a); GO_CASES_2_(__VA_ARGS__)
#define GO_CASES_4_(a, ...)  *go_case_++ = (a); GO_CASES_3_(__VA_ARGS__)
#define GO_CASES_5_(a, ...)  *go_case_++ = (a); GO_CASES_4_(__VA_ARGS__)
#define GO_CASES_6_(a, ...)  *go_case_++ = (a); GO_CASES_5_(__VA_ARGS__)
#define GO_CASES_7_(a, ...)  *go_case_++ = (a); GO_CASES_6_(__VA_ARGS__)
#define GO_CASES_8_(a, ...)  *go_case_++ = (a); GO_CASES_7_(__VA_ARGS__)
#define GO_CASES_9_(a, ...)  *go_case_++ = (a); GO_CASES_8_(__VA_ARGS__)
#define GO_CASES_10_(a, ...) *go_case_++ = (a); GO_CASES_9_(__VA_ARGS__)
#define GO_CASES_11_(a, ...) *go_case_++ = (a); GO_CASES_10_(__VA_ARGS__)
#define GO_CASES_12_(a, ...) *go_case_++ = (a); GO_CASES_11_(__VA_ARGS__)
#define GO_CASES_13_(a, ...) *go_case_++ = (a); GO_CASES_12_(__VA_ARGS__)
#define GO_CASES_14_(a, ...) *go_case_++ = (a); GO_CASES_13_(__VA_ARGS__)
#define GO_CASES_15_(a, ...) *go_case_++ = (a); GO_CASES_14_(__VA_ARGS__)
#define GO_CASES_16_(a, ...) *go_case_++ = (a); GO_CASES_15_(__VA_ARGS__)
#define GO_CASES_17_(a, ...) *go_case_++ = (a); GO_CASES_16_(__VA_ARGS__)
#define GO_CASES_18_(a, ...) *go_case_++ = (a); GO_CASES_17_(__VA_ARGS__)
#define GO_CASES_19_(a, ...) *go_case_++ = (a); GO_CASES_18_(__VA_ARGS__)
#define GO_CASES_20_(a, ...) *go_case_++ = (a); GO_CASES_19_(__VA_ARGS__)
#define GO_CASES_21_(a, ...) *go_case_++ = (a); GO_CASES_20_(__VA_ARGS__)
#define GO_CASES_22_(a, ...) *go_case_++ = (a); GO_CASES_21_(__VA_ARGS__)
#define GO_CASES_23_(a, ...) *go_case_++ = (a); GO_CASES_22_(__VA_ARGS__)
#define GO_CASES_24_(a, ...) *go_case_++ = (a); GO_CASES_23_(__VA_ARGS__)
#define GO_CASES_25_(a, ...) *go_case_++ = (a); GO_CASES_24_(__VA_ARGS__)
#define GO_CASES_26_(a, ...) *go_case_++ = (a); GO_CASES_25_(__VA_ARGS__)
#define GO_CASES_27_(a, ...) *go_case_++ = (a); GO_CASES_26_(__VA_ARGS__)
#define GO_CASES_28_(a, ...) *go_case_++ = (a); GO_CASES_27_(__VA_ARGS__)
#define GO_CASES_29_(a, ...) *go_case_++ = (a); GO_CASES_28_(__VA_ARGS__)
#define GO_CASES_30_(a, ...) *go_case_++ = (a); GO_CASES_29_(__VA_ARGS__)
#define GO_CASES_31_(a, ...) *go_case_++ = (a); GO_CASES_30_(__VA_ARGS__)
#define GO_CASES_32_(a, ...) *go_case_++ = (a); GO_CASES_31_(__VA_ARGS__)

/* clang-format on */

#endif /* C */

#endif

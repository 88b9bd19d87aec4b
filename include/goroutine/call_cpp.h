/* SPDX-License-Identifier: MIT */
/* Private to the macros: how a call is packed in C++.  See call.h.
 *
 * bind(f) returns an object with f's parameters.  Calling it converts the arguments
 * as a call of f would, and keeps them with f in a closure.
 */
#ifndef GOROUTINE_CALL_CPP_H
#define GOROUTINE_CALL_CPP_H

#include <goroutine/go.h>

#ifdef __cplusplus

#if __cplusplus < 201703L
#error "goroutine.h: C++17 or later is needed (-std=c++17)"
#endif

#include <errno.h>
#include <new>
#include <type_traits>
#include <utility>

extern "C" void go_waitgroup_add(struct go_waitgroup *wg, int n);

namespace go_cpp_
{

/* Values of any types; std::tuple is never trivially copyable. */
template <class... S> struct values {
};
template <class H, class... S> struct values<H, S...> {
    H head;
    values<S...> tail;
};
inline values<> take()
{
    return {};
}
template <class H, class... S>
inline values<std::decay_t<H>, std::decay_t<S>...> take(H &&h, S &&...s)
{
    return { std::forward<H>(h), take(std::forward<S>(s)...) };
}
template <class F, class... D> inline decltype(auto) apply(F &f, values<> &, D &&...d)
{
    return f(std::forward<D>(d)...);
}
template <class F, class H, class... S, class... D>
inline decltype(auto) apply(F &f, values<H, S...> &v, D &&...d)
{
    return apply(f, v.tail, std::forward<D>(d)..., std::move(v.head));
}

/* A function with its arguments. */
template <class F, class V> struct closure {
    F f;
    V v;
    static void run(void *p)
    {
        closure *c = static_cast<closure *>(p);
        (void)apply(c->f, c->v);
    }
    /* The result goes in front of at. */
    static void run_int(closure *c, void *at)
    {
        static_assert(std::is_same<decltype(apply(c->f, c->v)), int>::value,
                      "go: the function must return int");
        static_cast<struct ::go_int_call_ *>(at)[-1].result = apply(c->f, c->v);
    }
    static void run_int(void *p)
    {
        run_int(static_cast<closure *>(p), p);
    }
    /* For a p that is where the pointer to one made with new is kept. */
    struct owner {
        closure *c;
        ~owner()
        {
            delete c;
        }
    };
    static void run_owned(void *p)
    {
        owner o{ *static_cast<closure **>(p) };
        run(o.c);
    }
    static void run_int_owned(void *p)
    {
        owner o{ *static_cast<closure **>(p) };
        run_int(o.c, p);
    }
    static void discard_owned(void *p)
    {
        delete *static_cast<closure **>(p);
    }
};
/* A packed call.  What travels is the closure itself if it is plain bytes, else the
 * address of one made with new, which is the goroutine's once it has started.  One that
 * is kept for later and never started is given to discard, if there is one. */
template <class C> struct packed_bytes {
    C sent;
    const void *fn;
    static constexpr auto entry = &C::run;
    static constexpr void (*discard)(void *) = nullptr;
    static auto entry_int()
    {
        return static_cast<void (*)(void *)>(&C::run_int);
    }
    bool ready() const
    {
        return true;
    }
    void started()
    {
    }
};
template <class C> struct packed_owned {
    C *sent;
    const void *fn;
    static constexpr auto entry = &C::run_owned;
    static constexpr auto discard = &C::discard_owned;
    static auto entry_int()
    {
        return &C::run_int_owned;
    }
    packed_owned(C *made, const void *f) : sent(made), fn(f)
    {
    }
    packed_owned(const packed_owned &) = delete;
    ~packed_owned()
    {
        delete sent;
    }
    bool ready() const
    {
        return sent;
    }
    void started()
    {
        sent = nullptr;
    }
};

/* Where the call goes: to a goroutine, out of memory being an exception or to be seen
 * by ready(); or nowhere, for go_block. */
enum where { away, away_or_not, here };

template <where W, class C> inline auto pack(C &&c, const void *fn)
{
    constexpr bool bytes =
        std::is_trivially_copyable<C>::value && sizeof(C) <= 4000 && alignof(C) <= 16;
    if constexpr (bytes || W == here)
        return packed_bytes<C>{ std::move(c), fn };
    else if constexpr (W == away)
        return packed_owned<C>(new C(std::move(c)), fn);
    else
        return packed_owned<C>(new (std::nothrow) C(std::move(c)), fn);
}

template <class... P>
constexpr bool all_values = ((!std::is_lvalue_reference<P>::value ||
                              std::is_const<std::remove_reference_t<P>>::value) &&
                             ...);

/* The address of a function, for its name. */
template <class R, class... P> inline const void *address(R (*f)(P...))
{
    return reinterpret_cast<const void *>(f);
}
template <class R, class... P> inline const void *address(R (*f)(P..., ...))
{
    return reinterpret_cast<const void *>(f);
}

template <where W, class R, class... P> struct bound {
    R (*f)(P...);
    auto operator()(P... p) const
    {
        static_assert(all_values<P...>, "go: f takes a reference to what it may change, which may "
                                        "be gone when f runs: let it take a pointer");
        using C = closure<R (*)(P...), values<std::decay_t<P>...>>;
        return pack<W>(C{ f, take(std::forward<P>(p)...) }, address(f));
    }
};
template <where W, class R, class... P> struct bound_variadic {
    R (*f)(P..., ...);
    template <class... A> auto operator()(P... p, A... rest) const
    {
        using C = closure<R (*)(P..., ...), values<std::decay_t<P>..., A...>>;
        return pack<W>(C{ f, take(std::forward<P>(p)..., std::move(rest)...) }, address(f));
    }
};
template <where W, class F> struct bound_object {
    F f;
    template <class... A> auto operator()(A &&...a)
    {
        static_assert(std::is_invocable<F &, std::decay_t<A>...>::value,
                      "go: the function object does not take these arguments");
        using C = closure<F, values<std::decay_t<A>...>>;
        return pack<W>(C{ std::move(f), take(std::forward<A>(a)...) }, address(&C::run));
    }
};

template <where W, class R, class... P> inline bound<W, R, P...> bind(R (*f)(P...))
{
    return { f };
}
template <where W, class R, class... P> inline bound_variadic<W, R, P...> bind(R (*f)(P..., ...))
{
    return { f };
}
template <where W, class F, class = std::enable_if_t<std::is_class<std::decay_t<F>>::value>>
inline bound_object<W, std::decay_t<F>> bind(F &&f)
{
    return { std::forward<F>(f) };
}

/* The attributes of go_with, for as long as the call lasts. */
struct with {
    go_attr attr;
    operator const go_attr *() const
    {
        return &attr;
    }
};
/* What go_waitgroup_go sends. */
template <class S> struct counted {
    struct ::go_wg_call_ head;
    S sent;
};
/* What a call whose result is kept sends. */
template <class S> struct kept {
    struct ::go_int_call_ head;
    S sent;
};

} // namespace go_cpp_

/* GO_BIND_(where, f, args...) - the packed call. */
#define GO_BIND_(where, ...)      GO_CAT3_(GO_BIND_, GO_ONE_OR_MANY_(__VA_ARGS__), _)(where, __VA_ARGS__)
#define GO_BIND_1_(where, f)      (go_cpp_::bind<go_cpp_::where>(f)())
#define GO_BIND_N_(where, f, ...) (go_cpp_::bind<go_cpp_::where>(f)(__VA_ARGS__))

/* The runtime is called from the user's own line and function, which is then where
 * the goroutine was created.  p is a fresh name: arguments may hold lambdas that go. */
#define GO_FRESH_ GO_CAT_(go_packed_, __COUNTER__)
#define GO_SPAWN_(p, attr, ...)                                                                    \
    __extension__({                                                                                \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        go_spawn_or_die_(attr, p.entry, &p.sent, sizeof(p.sent), p.fn);                            \
        p.started();                                                                               \
    })
#define GO_TRY_(p, ...)                                                                            \
    __extension__({                                                                                \
        auto p = GO_BIND_(away_or_not, __VA_ARGS__);                                               \
        int GO_CAT_(p, _err) = -ENOMEM;                                                            \
        if (p.ready())                                                                             \
            GO_CAT_(p, _err) = go_spawn_(nullptr, p.entry, &p.sent, sizeof(p.sent), p.fn);         \
        if (!GO_CAT_(p, _err))                                                                     \
            p.started();                                                                           \
        GO_CAT_(p, _err);                                                                          \
    })
#define GO_BLOCK_(p, ...)                                                                          \
    __extension__({                                                                                \
        auto p = GO_BIND_(here, __VA_ARGS__);                                                      \
        go_block_(p.entry, &p.sent);                                                               \
    })
#define GO_SPAWN_COUNTED_(p, wg, ...)                                                              \
    __extension__({                                                                                \
        struct go_waitgroup *GO_CAT_(p, _wg) = (wg);                                               \
        auto p = GO_BIND_(away, __VA_ARGS__);                                                      \
        const go_cpp_::counted<decltype(p.sent)> GO_CAT_(                                          \
            p, _all) = { { GO_CAT_(p, _wg), p.entry }, std::move(p.sent) };                        \
        go_waitgroup_add(GO_CAT_(p, _wg), 1);                                                      \
        go_spawn_or_die_(nullptr, go_waitgroup_run_, &GO_CAT_(p, _all), sizeof(GO_CAT_(p, _all)),  \
                         p.fn);                                                                    \
        p.started();                                                                               \
    })

#endif /* C++ */

#endif

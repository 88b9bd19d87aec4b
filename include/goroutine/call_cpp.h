/* SPDX-License-Identifier: MIT */
/* Private to the macros: how a call is packed in C++.  See call.h.
 *
 * bind(act, f) returns an object with f's parameters: calling it converts the
 * arguments as a call of f would, keeps them with f in a closure, and starts that.
 * A closure that is plain bytes travels as such; any other is made with new and
 * travels as a pointer.
 */
#ifndef GOROUTINE_CALL_CPP_H
#define GOROUTINE_CALL_CPP_H

#include <goroutine/go.h>

#ifdef __cplusplus

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
template <class F, class... D> inline void apply(F &f, values<> &, D &&...d)
{
    (void)f(std::forward<D>(d)...);
}
template <class F, class H, class... S, class... D>
inline void apply(F &f, values<H, S...> &v, D &&...d)
{
    apply(f, v.tail, std::forward<D>(d)..., std::move(v.head));
}

/* A function with its arguments. */
template <class F, class V> struct closure {
    F f;
    V v;
    static void run(void *p)
    {
        closure *c = static_cast<closure *>(p);
        apply(c->f, c->v);
    }
    /* p is where the pointer to one made with new is kept. */
    static void run_owned(void *p)
    {
        struct owner {
            closure *c;
            ~owner()
            {
                delete c;
            }
        } o{ *static_cast<closure **>(p) };
        run(o.c);
    }
};
template <class C>
constexpr bool is_bytes = std::is_trivially_copyable<C>::value && sizeof(C) <= 4000 &&
                          alignof(C) <= 16;

/* What is done with a closure: the last step of each macro. */
struct spawn {
    const go_attr attr = {};
    template <class P> int start(void (*entry)(void *), const P &p, const void *fn) const
    {
        go_spawn_or_die_(&attr, entry, &p, sizeof(P), fn);
        return 0;
    }
    template <class C> C *own(C &&c) const
    {
        return new C(std::move(c));
    }
};
struct try_spawn {
    template <class P> int start(void (*entry)(void *), const P &p, const void *fn) const
    {
        return go_spawn_(nullptr, entry, &p, sizeof(P), fn);
    }
    template <class C> C *own(C &&c) const
    {
        return new (std::nothrow) C(std::move(c));
    }
};
struct wg_spawn {
    struct ::go_waitgroup *wg;
    template <class P> struct counted {
        struct ::go_wg_call_ head;
        P p;
    };
    template <class P> int start(void (*entry)(void *), const P &p, const void *fn) const
    {
        const counted<P> all = { { wg, entry }, p };
        go_waitgroup_add(wg, 1);
        go_spawn_or_die_(nullptr, go_waitgroup_run_, &all, sizeof(all), fn);
        return 0;
    }
    template <class C> C *own(C &&c) const
    {
        return new C(std::move(c));
    }
};
struct block {
};

template <class Do, class C> inline int start(const Do &act, C &&c, const void *fn)
{
    if constexpr (std::is_same<Do, block>::value) {
        go_block_(&C::run, &c);
        return 0;
    } else if constexpr (is_bytes<C>) {
        return act.start(&C::run, c, fn);
    } else {
        C *owned = act.own(std::move(c));
        const int err = owned ? act.start(&C::run_owned, owned, fn) : -ENOMEM;
        if (err)
            delete owned;
        return err;
    }
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

template <class Do, class R, class... P> struct bound {
    Do act;
    R (*f)(P...);
    [[nodiscard]] int operator()(P... p) const
    {
        static_assert(all_values<P...>, "go: f takes a reference to what it may change, which may "
                                        "be gone when f runs: let it take a pointer");
        using C = closure<R (*)(P...), values<std::decay_t<P>...>>;
        return go_cpp_::start(act, C{ f, take(std::forward<P>(p)...) }, address(f));
    }
};
template <class Do, class R, class... P> struct bound_variadic {
    Do act;
    R (*f)(P..., ...);
    template <class... A> [[nodiscard]] int operator()(P... p, A... rest) const
    {
        using C = closure<R (*)(P..., ...), values<std::decay_t<P>..., A...>>;
        return go_cpp_::start(act, C{ f, take(std::forward<P>(p)..., std::move(rest)...) },
                              address(f));
    }
};
template <class Do, class F> struct bound_object {
    Do act;
    F f;
    template <class... A> [[nodiscard]] int operator()(A &&...a)
    {
        static_assert(std::is_invocable<F &, std::decay_t<A>...>::value,
                      "go: the function object does not take these arguments");
        using C = closure<F, values<std::decay_t<A>...>>;
        return go_cpp_::start(act, C{ std::move(f), take(std::forward<A>(a)...) },
                              address(&C::run));
    }
};

template <class Do, class R, class... P> inline bound<Do, R, P...> bind(const Do &act, R (*f)(P...))
{
    return { act, f };
}
template <class Do, class R, class... P>
inline bound_variadic<Do, R, P...> bind(const Do &act, R (*f)(P..., ...))
{
    return { act, f };
}
template <class Do, class F, class = std::enable_if_t<std::is_class<std::decay_t<F>>::value>>
inline bound_object<Do, std::decay_t<F>> bind(const Do &act, F &&f)
{
    return { act, std::forward<F>(f) };
}

} // namespace go_cpp_

#define GO_BIND_(act, ...)      GO_CAT3_(GO_BIND_, GO_ONE_OR_MANY_(__VA_ARGS__), _)(act, __VA_ARGS__)
#define GO_BIND_1_(act, f)      (go_cpp_::bind(act, f)())
#define GO_BIND_N_(act, f, ...) (go_cpp_::bind(act, f)(__VA_ARGS__))

#endif /* C++ */

#endif

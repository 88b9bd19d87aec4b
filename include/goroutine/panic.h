/* SPDX-License-Identifier: MIT */
/* go_panic, go_defer, go_recover: ways out of trouble, and what is done on them.
 *
 * A panic runs the deferred calls of its goroutine, newest first, on top of the
 * stack as it is: nothing is unwound, so all that they point to is still there.
 * Then either a go_recover further out takes over, or the program ends: "panic: "
 * and the text, the goroutine's trace from where it panicked, exit status 2.
 *
 * go_recover leaves the frames in between as longjmp would.  What stood in them is
 * forgotten, not undone: memory from malloc, locks of pthreads, open files,
 * destructors of C++ objects, cleanup attributes.  What is to be undone on a panic
 * is said by go_defer, or by go_with_lock and its like, which are made of it.  The
 * signal mask stays as it is, also when a handler is left so.
 *
 * Any goroutine or thread may call, in C and in C++.  What the library itself panics
 * about (a send on a closed channel, a negative WaitGroup counter) is recovered like
 * any other panic; fatal errors (a deadlock, the unlock of an unlocked mutex, no more
 * memory) run no deferred calls and end the program.
 */
#ifndef GOROUTINE_PANIC_H
#define GOROUTINE_PANIC_H

#include <goroutine/base.h>
#include <goroutine/go.h>
#include <goroutine/macros.h>

/* Bytes of a panic's text, its end included; a longer one is cut. */
#define GO_PANIC_TEXT 1000

/* go_recovered - what go_recover brought back: the text of the panic, "" if none. */
typedef struct go_recovered {
    char text[GO_PANIC_TEXT];
} go_recovered;

/* A call to be made on the way out.  Lives in the frame that leaves; the goroutine
 * has a list of them, newest first. */
struct go_defer_ {
    struct go_defer_ *next;
    void (*run)(void *arg); /* NULL: not pushed, or taken to be run */
    void *arg;
    uintptr_t kind; /* 0: a call */
};

GO_BEGIN_DECLS

/* go_panic - panic with a text, formatted as by printf.  Like Go's panic(text).
 *
 * A panic inside a deferred call that a panic runs takes its place; both are told if
 * the program ends. */
GO_API void go_panic(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* go_defer_push_ - run(arg) is to be called on the way out.
 * go_defer_pop_ - false if it has been; else true, and it is off the list. */
GO_API void go_defer_push_(struct go_defer_ *d, void (*run)(void *arg), void *arg);
GO_API bool go_defer_pop_(struct go_defer_ *d);

/* go_foreign_ - true on a thread that is not ours: go_exit is pthread_exit there. */
GO_API bool go_foreign_(void);

/* go_recover_ - entry(args); true if it panicked. */
GO_API bool go_recover_(go_recovered *r, void (*entry)(void *), void *args);

/* go_exception_escaped_ - for std::terminate.  Returns if the caller is no goroutine or
 * the main one; else it reports, and the program ends.  type NULL: no exception. */
GO_API void go_exception_escaped_(const char *type, const char *what);

GO_END_DECLS

/* go_defer(f, args...); - call f(args...) when the block is left.
 *
 * By its end, break, continue, return, goto, in C++ an exception; by go_exit; by a
 * panic.  The deferred calls of a goroutine run newest first, each once.  The
 * arguments are evaluated now and kept in the block, as by go; f's result is
 * dropped.  Like Go's  defer f(args)  but for the block, not the function: in a
 * loop it runs in each round.
 *
 * f is any function and may do anything: park, panic, recover, go_exit.  It is a
 * declaration, so it stands where one may, and nothing may jump over it into its
 * block: that does not compile.  A block with a deferred call must not be left by
 * longjmp.  In C++ f may be a lambda, and it may throw if the block is left by its
 * own means; an exception that leaves a call made by a panic or go_exit ends the
 * program. */
/* go_recover(&r, f, args...) - call f(args...); true if it panicked, which ends here.
 *
 * r->text is the panic's; r may be NULL.  Deferred calls pushed inside have been run.
 * go_exit is not stopped, nor are C++ exceptions: they pass.  A panic in a deferred
 * call that a go_exit from inside f runs ends here too, but then the go_exit goes on,
 * as in Go.  f's result is dropped.  Like Go's
 *   func() { defer func() { r = recover() }(); f(args) }()  */
#ifdef __cplusplus

#ifdef __cpp_exceptions
#include <cstdlib>
#include <cxxabi.h>
#include <exception>
#include <typeinfo>
#endif

namespace go_cpp_
{

template <class P> class deferred
{
    P packed;
    struct ::go_defer_ head;
    /* Called by a panic or an exit: above are frames of C. */
    static void run_inside(void *p) noexcept
    {
        P::entry(p);
    }
    /* Where go_exit unwinds, noexcept would stop it; the library stops an exception. */
    static void run(void *p)
    {
        if (go_foreign_())
            P::entry(p);
        else
            run_inside(p);
    }

  public:
    explicit deferred(P &&p) : packed(std::move(p)), head()
    {
        go_defer_push_(&head, run, &packed.sent);
    }
    deferred(const deferred &) = delete;
    deferred &operator=(const deferred &) = delete;
    ~deferred() noexcept(false)
    {
        if (go_defer_pop_(&head))
            P::entry(&packed.sent);
    }
};

#ifdef __cpp_exceptions

/* Set before main, so a handler that the program sets then is in force instead. */
inline std::terminate_handler terminate_before;

/* Nothing is unwound yet: the trace begins where it was thrown. */
[[noreturn]] inline void terminate()
{
    const std::type_info *t = abi::__cxa_current_exception_type();
    int status;
    char *readable = t ? abi::__cxa_demangle(t->name(), nullptr, nullptr, &status) : nullptr;
    const char *name = readable ? readable : t ? t->name() : nullptr;
    try {
        if (t)
            throw;
        go_exception_escaped_(nullptr, nullptr);
    } catch (const std::exception &e) {
        go_exception_escaped_(name, e.what());
    } catch (...) {
        go_exception_escaped_(name, nullptr);
    }
    std::free(readable);
    terminate_before();
    std::abort();
}

__attribute__((used)) inline const bool terminate_is_set =
    (terminate_before = std::set_terminate(terminate), true);

#endif

} // namespace go_cpp_

#define go_defer(...)                                                                              \
    go_cpp_::deferred GO_CAT_(go_deferred_, __COUNTER__)                                           \
    {                                                                                              \
        GO_BIND_(here, __VA_ARGS__)                                                                \
    }
#define go_recover(r, ...) GO_RECOVER_(GO_FRESH_, r, __VA_ARGS__)
#define GO_RECOVER_(p, r, ...)                                                                     \
    __extension__({                                                                                \
        go_recovered *GO_CAT_(p, _r) = (r);                                                        \
        auto p = GO_BIND_(here, __VA_ARGS__);                                                      \
        go_recover_(GO_CAT_(p, _r), p.entry, &p.sent);                                             \
    })

#else

static inline void go_defer_end_(struct go_defer_ *d)
{
    if (go_defer_pop_(d))
        d->run(d->arg);
}

#define go_defer(...) GO_DEFER_(GO_CAT_(go_deferred_, __COUNTER__), __VA_ARGS__)
#define GO_DEFER_(d, ...)                                                                          \
    GO_NO_WAY_IN_(GO_CAT_(d, _scope))                                                              \
    unsigned char GO_CAT_(d, _args)[GO_ROOM_(__VA_ARGS__)] __attribute__((aligned(16)));           \
    struct go_defer_ d __attribute__((cleanup(go_defer_end_))) = { 0, 0, 0, 0 };                   \
    __extension__({                                                                                \
        GO_PACK_(__VA_ARGS__)                                                                      \
        _Static_assert(sizeof(go_args_) <= sizeof(GO_CAT_(d, _args)), "go_defer: room");           \
        __builtin_memcpy(GO_CAT_(d, _args), &go_args_, sizeof(go_args_));                          \
        go_defer_push_(&d, go_entry_, GO_CAT_(d, _args));                                          \
    })

/* GCC lets a goto or a case jump over the record into its block, at whose end it
 * would be run unwritten; Clang does not.  No jump enters the scope of a type whose
 * size is not constant. */
#ifdef __clang__
#define GO_NO_WAY_IN_(t)
#else
static inline int go_one_(void)
{
    return 1;
}
#define GO_NO_WAY_IN_(t)                                                                           \
    _Pragma("GCC diagnostic push")                                                                 \
        _Pragma("GCC diagnostic ignored \"-Wvla\"") typedef char t[go_one_()]                      \
        __attribute__((unused));                                                                   \
    _Pragma("GCC diagnostic pop")
#endif

/* GO_ROOM_(f, args...) - enough for what GO_PACK_ will call go_args_, whose type has
 * no name outside. */
#ifdef GO_CALL_STUB_
#define GO_ROOM_HEAD_   sizeof(struct go_call_)
#define GO_ROOM_FOR_(a) (32 + (sizeof(__typeof__(((void)0, (a)))) + 15) / 16 * 16)
#else
#define GO_ROOM_HEAD_   16
#define GO_ROOM_FOR_(a) ((sizeof(__typeof__(((void)0, (a)))) + 15) / 16 * 16)
#endif
#define GO_ROOM_(...)                         GO_CAT3_(GO_ROOM_, GO_COUNT_(__VA_ARGS__), _)(__VA_ARGS__)
#define GO_ROOM_1_(f)                         GO_ROOM_HEAD_
#define GO_ROOM_2_(f, a)                      GO_ROOM_1_(f) + GO_ROOM_FOR_(a)
#define GO_ROOM_3_(f, b, a)                   GO_ROOM_2_(f, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_4_(f, c, b, a)                GO_ROOM_3_(f, c, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_5_(f, d, c, b, a)             GO_ROOM_4_(f, d, c, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_6_(f, e, d, c, b, a)          GO_ROOM_5_(f, e, d, c, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_7_(f, g, e, d, c, b, a)       GO_ROOM_6_(f, g, e, d, c, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_8_(f, h, g, e, d, c, b, a)    GO_ROOM_7_(f, h, g, e, d, c, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_9_(f, i, h, g, e, d, c, b, a) GO_ROOM_8_(f, i, h, g, e, d, c, b) + GO_ROOM_FOR_(a)
#define GO_ROOM_10_(...)                      16
#define GO_ROOM_11_(...)                      16
#define GO_ROOM_12_(...)                      16
#define GO_ROOM_13_(...)                      16
#define GO_ROOM_14_(...)                      16
#define GO_ROOM_15_(...)                      16
#define GO_ROOM_16_(...)                      16
#define GO_ROOM_17_(...)                      16

#define go_recover(r, ...)                                                                         \
    __extension__({                                                                                \
        GO_STRICT_ go_recovered *go_r_ = (r);                                                      \
        GO_NORMAL_                                                                                 \
        GO_PACK_(__VA_ARGS__)                                                                      \
        go_recover_(go_r_, go_entry_, &go_args_);                                                  \
    })

#endif

#endif

/* SPDX-License-Identifier: MIT */
/* Starting goroutines, and a goroutine's own affairs.
 *
 * Any goroutine or thread may call everything here, except where it says
 * otherwise.  How a call is packed for another stack is told in call.h.
 */
#ifndef GOROUTINE_GO_H
#define GOROUTINE_GO_H

#include <goroutine/base.h>

/* go_attr - what may be asked for a new goroutine.  All zero is the default.
 *
 * name    shown in dumps and traces, copied, cut to 23 bytes; NULL: the name of
 *         the function.
 * stack   bytes of stack; 0: GOSTACK of the environment, else 204 KiB.  A
 *         promise of address space: pages are used as they are touched.
 */
typedef struct go_attr {
    const char *name;
    size_t stack;
} go_attr;

/* go_attr(...) - a go_attr value for go_with, members by name:
 *
 *     go_with(go_attr(.name = "reader", .stack = 1 << 20), f, a);
 *
 * A compound literal does as well, but needs parentheses of its own as soon as
 * it has a comma: the preprocessor does not see its braces.
 */
#define go_attr(...) ((go_attr){ __VA_ARGS__ })

GO_BEGIN_DECLS

/* The ABI under the macros.
 *
 * Copies size bytes of args, aligned to 16, to the stack of a new goroutine and
 * runs entry on the copy.  size is at most GO_ARGS_MAX_.  fn gives the name in
 * dumps; NULL ends the program: "go of nil func value".
 * go_spawn_ returns 0, -ENOMEM or -EAGAIN; the other ends the program instead.
 */
#define GO_ARGS_MAX_ 4096
GO_API int go_spawn_(const go_attr *attr, void (*entry)(void *), const void *args, size_t size,
                     const void *fn) GO_MUST_CHECK;
GO_API void go_spawn_or_die_(const go_attr *attr, void (*entry)(void *), const void *args,
                             size_t size, const void *fn);

/* Runs entry(args) here, with the P handed over for as long as it takes. */
GO_API void go_block_(void (*entry)(void *), void *args);

/* go_yield - let other goroutines run.  Like Go's runtime.Gosched.
 *
 * The caller goes to the end of the queue.  On a thread that is not ours, as
 * sched_yield. */
GO_API void go_yield(void);

/* go_exit - end the calling goroutine.  Like Go's runtime.Goexit.
 *
 * Runs its deferred calls (panic.h), then the destructors of its go_local values, and
 * nothing else: the stack is not unwound, so neither destructors of C++ objects nor
 * cleanup attributes run.  In the main goroutine it ends that one alone: the program
 * goes on until the others deadlock or exit.
 * A thread that is not ours ends as by pthread_exit. */
GO_API void go_exit(void) __attribute__((noreturn));

/* go_id - the number of the calling goroutine: main has 1, none comes twice. */
GO_API uint64_t go_id(void);

/* go_name - the name of the calling goroutine; "" if it has none.
 *
 * Valid until the goroutine changes its name or exits. */
GO_API const char *go_name(void);

/* go_set_name - name the calling goroutine.  Copied, cut to 23 bytes. */
GO_API void go_set_name(const char *name);

/* go_count - how many goroutines are alive.  Like Go's runtime.NumGoroutine. */
GO_API int64_t go_count(void);

/* go_maxprocs - how many goroutines may run at once.  Like runtime.GOMAXPROCS.
 *
 * Sets the number to n and returns the one before; n <= 0 only asks.  Starts as
 * the CPUs that this process may use, or GOMAXPROCS of the environment.
 * Setting it stops all goroutines for a moment. */
GO_API int go_maxprocs(int n);

/* go_set_limit - let at most n goroutines live, main among them; 0: as many as come.
 *
 * At the limit, go waits until another goroutine has ended, and go_try returns
 * -EAGAIN.  First come, first served; a thread that is not ours waits as a thread.
 * A program whose goroutines wait for ones that they have yet to start would never
 * end so.  Therefore go exceeds the limit at once if nothing else can run: none
 * runnable, none computing or in a system call, none asleep until some time; and
 * else after it has waited for a tenth of a second.  So it is a brake, not a wall.
 *
 * Timers that run a function in a goroutine do not wait.
 * GOMAXGOROUTINES of the environment sets it from the beginning.
 * Returns the limit before; n < 0 only asks.  Go has none. */
GO_API int64_t go_set_limit(int64_t n);

/* go_lock_thread - stay on this thread, and keep others off it.
 *
 * For libraries that keep state per thread.  Nests: as many unlocks as locks.
 * Like Go's runtime.LockOSThread. */
GO_API void go_lock_thread(void);
GO_API void go_unlock_thread(void);

/* go_on_goroutine - may the caller's code park here, instead of blocking its thread?
 *
 * For libraries that stand in for others.  true on a goroutine, on its own stack.  false
 * on a thread that is not ours, on one that the program has not used the library on (the
 * main thread before its first call), on another stack (a signal handler on its own, a
 * coroutine), and inside the library.  Starts nothing and takes a few instructions.  Go
 * has no counterpart: there it is always true. */
GO_API bool go_on_goroutine(void);

/* go_local - a variable of which every goroutine has its own, NULL at first.
 *
 * Static storage, zero-initialised; destroy, if set, is called with the value
 * of each goroutine that exits with one that is not NULL:
 *
 *     static go_local session = { .destroy = free };
 */
typedef struct go_local {
    uint32_t key_;
    void (*destroy)(void *value);
} go_local;

/* go_local_get - the calling goroutine's value, or NULL. */
GO_API void *go_local_get(go_local *l);

/* go_local_set - set it.  0, or -ENOMEM with the old value kept. */
GO_API int go_local_set(go_local *l, void *value) GO_MUST_CHECK;

GO_END_DECLS

#include <goroutine/call.h>

/* go(f, args...) - run f(args...) in a new goroutine.  Like Go's  go f(args).
 *
 * f is any function or function pointer, whatever it returns: the result is
 * dropped.  Up to 8 arguments of any type, structs and doubles too.  They are
 * evaluated now, by the caller, copied, and converted to f's parameters as in a
 * call; a wrong number or type does not compile.  What a pointer points to is
 * not copied: it must live until the goroutine is done with it.
 *
 * An argument with commas in braces needs parentheses: go(f, ((struct p){1, 2})).
 * All arguments together take at most some 3800 bytes and none is aligned to more
 * than 16; else pass a pointer.  In C++ f may also be a lambda or a function
 * object, there is no limit on arguments, and they may have constructors; an
 * exception that leaves f ends the program.
 *
 * Out of memory ends the program, as in Go; go_try does not.  A NULL f ends it
 * too: "go of nil func value".  May wait if a limit is set: go_set_limit.
 *
 * Clang in C, without -fblocks: on aarch64 a struct argument of more than 16
 * bytes does not compile; use -fblocks (it needs no blocks runtime) or a pointer.
 */
/* go_try(f, args...) - go, with an error where go would end the program.
 *
 * 0, -ENOMEM (no memory for a stack) or -EAGAIN (a limit is reached). */
/* go_with(attr, f, args...) - go, with a name or a stack size; see go_attr. */
/* go_block(f, args...) - call f(args...) here, telling that it may block.
 *
 * Other goroutines run meanwhile, at once, and not only after the library has
 * found out by itself.  f runs on the caller's thread and stack; its result is
 * dropped: pass a pointer for it.  Never fails. */
#ifdef __cplusplus
#define go(...)            GO_SPAWN_(GO_FRESH_, nullptr, __VA_ARGS__)
#define go_try(...)        go_must_check_(GO_TRY_(GO_FRESH_, __VA_ARGS__))
#define go_with(attr, ...) GO_SPAWN_(GO_FRESH_, go_cpp_::with{ (attr) }, __VA_ARGS__)
#define go_block(...)      GO_BLOCK_(GO_FRESH_, __VA_ARGS__)
#else
#define go(...) __extension__({ GO_PACK_(__VA_ARGS__) go_spawn_or_die_(NULL, GO_PACKED_); })
#define go_try(...)                                                                                \
    go_must_check_(__extension__({ GO_PACK_(__VA_ARGS__) go_spawn_(NULL, GO_PACKED_); }))
#define go_with(attr, ...)                                                                         \
    __extension__({                                                                                \
        const go_attr go_attr_ = (attr);                                                           \
        GO_PACK_(__VA_ARGS__) go_spawn_or_die_(&go_attr_, GO_PACKED_);                             \
    })
#define go_block(...) __extension__({ GO_PACK_(__VA_ARGS__) go_block_(go_entry_, &go_args_); })
#endif

#endif

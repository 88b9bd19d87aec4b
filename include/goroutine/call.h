/* SPDX-License-Identifier: MIT */
/* Private to the macros: how a call is packed to be made on another stack.
 *
 * GO_PACK_(f, args...) evaluates f and the arguments, checks them against f's type,
 * and declares what GO_PACKED_ names:
 *
 *     go_args_    bytes to be copied to the new stack
 *     go_entry_   void (void *): makes the call from such a copy
 *     go_fn_      f, for its name
 *
 * GO_PACK_INT_(f, args...) is the same for an f that must return int: go_entry_ leaves
 * its result in the struct go_int_call_ that lies in front of the bytes.
 *
 * The bytes hold the arguments in their own types; the call converts them to f's.
 * Standard C cannot write such a go_entry_ for any f, each compiler in its own way:
 *
 *   GCC     a nested function.  It uses nothing of the function around it, so its
 *           address is plain, and no code is written to the stack.
 *   Clang   with -fblocks, a block that captures nothing.  Nothing of a blocks
 *           runtime is called; the one symbol named may stay undefined.
 *   decoded GCC without optimisation, where naming a nested function needs code on the
 *           stack all the same, but calling it does not.  So it is called once, to
 *           tell its return address; the call instruction before that names it.
 *   stub    Clang without blocks.  f's very type is called with the arguments, but the
 *           callee is a stub that stores the registers and the stack it was given
 *           (src/arch/callregs.c).
 *   C++     an object, in call_cpp.h.
 */
#ifndef GOROUTINE_CALL_H
#define GOROUTINE_CALL_H

#include <goroutine/base.h>
#include <goroutine/go.h>
#include <goroutine/macros.h>

/* A stored call.  The stack arguments follow it. */
struct go_call_ {
    const void *fn;
    uint32_t stack_size; /* bytes that follow, a multiple of 16 */
    uint32_t ret_size;   /* f returns that many bytes in memory; 0: in registers */
    uint64_t gp[10];     /* general registers; which, see src/arch/callregs.S */
    uint64_t fp[16];     /* vector registers 0 to 7 */
} __attribute__((aligned(16)));

/* What go_waitgroup_go puts before its packed call; as large as it is aligned. */
struct go_wg_call_ {
    struct go_waitgroup *wg;
    void (*entry)(void *);
} __attribute__((aligned(16)));

/* What a call whose result is kept has in front; as large as it is aligned. */
struct go_int_call_ {
    void *owner;           /* whose call it is */
    void (*entry)(void *); /* run with what follows */
    int result;            /* 0 until f has returned */
} __attribute__((aligned(16)));

GO_BEGIN_DECLS

/* go_call_store_ - returns twice, like setjmp.  First the stub: call it as f, and the
 * call is stored in c.  Then, instead of the return of that call, NULL: f may be
 * declared noreturn, and nothing is known of the result that it leaves. */
GO_API void (*go_call_store_(struct go_call_ *c))(void) __attribute__((returns_twice));
/* go_call_skip_ - the call of the stub was left out: the compiler knows it as one
 * without effect. */
GO_API void go_call_skip_(struct go_call_ *c);
/* go_call_result_ - how f returns its size bytes.  probe is the stored call of a
 * function with f's result and one argument, the address of probe. */
GO_API void go_call_result_(struct go_call_ *c, const struct go_call_ *probe, size_t size);
/* go_call_run_ - make the call stored at p. */
GO_API void go_call_run_(void *p);
/* go_call_run_int_ - the same; f returns int, which is kept as told above. */
GO_API void go_call_run_int_(void *p);

/* go_waitgroup_run_ - run the entry of the struct go_wg_call_ at p on what follows,
 * then count down; also if the goroutine ends by go_exit. */
GO_API void go_waitgroup_run_(void *p);

GO_END_DECLS

#ifdef __cplusplus
#include <goroutine/call_cpp.h>
#else

#if !defined(__clang__) && defined(__OPTIMIZE__)
#define GO_CALL_NESTED_
#elif !defined(__clang__) && !defined(__code_model_large__) &&                                     \
    (defined(__x86_64__) || defined(__aarch64__))
#define GO_CALL_DECODED_
#elif defined(__clang__) && defined(__BLOCKS__)
#define GO_CALL_BLOCK_
#elif defined(__x86_64__) || defined(__aarch64__)
#define GO_CALL_STUB_
#else
#error "goroutine/call.h: no way known to pack a call with this compiler on this CPU"
#endif

#define GO_PACKED_      go_entry_, &go_args_, sizeof(go_args_), go_fn_

/* What becomes of the result of a call: GO_DROPS_ or GO_KEEPS_, for GO_PACK_ and
 * GO_PACK_INT_.  Function-like, so that their names travel through macros untouched. */
#define GO_DROPS_(call) (void)call
#define GO_DROPS_CHECK_
#define GO_DROPS_RUN_   go_call_run_
#define GO_KEEPS_(call) ((struct go_int_call_ *)go_p_)[-1].result = call
#define GO_KEEPS_CHECK_                                                                            \
    GO_REQUIRE_(go_returns_int_, __builtin_types_compatible_p(go_ret_, int),                       \
                "go: the function must return int");
#define GO_KEEPS_RUN_ go_call_run_int_

/* K: one of the two; n: number of arguments; call: the call in the user's own words,
 * for the check; values: declares go_a1_ to go_aN_. */
#define GO_PACK_N_(K, n, f, call, values)                                                          \
    GO_STRICT_ typedef __typeof__(call) go_ret_ __attribute__((unused));                           \
    GO_NORMAL_ GO_PASTE_(K, CHECK_) __auto_type go_f_ = ((void)0, (f));                            \
    values const void *const go_fn_ __attribute__((unused)) = (const void *)go_f_;                 \
    GO_STORE_(K, n)                                                                                \
    _Static_assert(sizeof(go_args_) + sizeof(struct go_int_call_) <= GO_ARGS_MAX_,                 \
                   "go: the arguments are too large together: pass a pointer");

/* The comma operator makes a value of what it is given: arrays and functions become
 * pointers, bit-fields and qualifiers go. */
#define GO_AUTO_(i, a) __auto_type go_a##i##_ = ((void)0, (a));

/* clang-format off */

/* A pointer of another type, one that loses const, an integer for a pointer: errors
 * in every dialect; -w alone silences them, as it does for a call. */
#ifdef __clang__
#define GO_STRICT_                                                                                 \
    _Pragma("GCC diagnostic push")                                                                 \
    _Pragma("GCC diagnostic error \"-Wincompatible-pointer-types\"")                               \
    _Pragma("GCC diagnostic error \"-Wint-conversion\"")
#else
#define GO_STRICT_                                                                                 \
    _Pragma("GCC diagnostic push")                                                                 \
    _Pragma("GCC diagnostic error \"-Wincompatible-pointer-types\"")                               \
    _Pragma("GCC diagnostic error \"-Wint-conversion\"")                                           \
    _Pragma("GCC diagnostic error \"-Wdiscarded-qualifiers\"")
#endif
#define GO_NORMAL_ _Pragma("GCC diagnostic pop")

/* Around the second appearance of the call, which is checked already; only what is
 * sound about the first and not about this one is silenced. */
#ifdef __clang__
#define GO_QUIET_                                                                                  \
    _Pragma("GCC diagnostic push")                                                                 \
    _Pragma("GCC diagnostic ignored \"-Wincompatible-pointer-types\"")                             \
    _Pragma("GCC diagnostic ignored \"-Wint-conversion\"")                                         \
    _Pragma("GCC diagnostic ignored \"-Wconversion\"")                                             \
    _Pragma("GCC diagnostic ignored \"-Wformat-nonliteral\"")                                      \
    _Pragma("GCC diagnostic ignored \"-Wformat-security\"")
#else
#define GO_QUIET_                                                                                  \
    _Pragma("GCC diagnostic push")                                                                 \
    _Pragma("GCC diagnostic ignored \"-Wincompatible-pointer-types\"")                             \
    _Pragma("GCC diagnostic ignored \"-Wint-conversion\"")                                         \
    _Pragma("GCC diagnostic ignored \"-Wdiscarded-qualifiers\"")                                   \
    _Pragma("GCC diagnostic ignored \"-Wconversion\"")                                             \
    _Pragma("GCC diagnostic ignored \"-Wsign-conversion\"")                                        \
    _Pragma("GCC diagnostic ignored \"-Wfloat-conversion\"")                                       \
    _Pragma("GCC diagnostic ignored \"-Wformat-nonliteral\"")                                      \
    _Pragma("GCC diagnostic ignored \"-Wformat-security\"")                                        \
    _Pragma("GCC diagnostic ignored \"-Wunused-result\"")                                          \
    _Pragma("GCC diagnostic error \"-Wtrampolines\"")
#endif

/* clang-format on */

/* A thunk and its arguments, made of go_f_ and the values. */
#define GO_THUNK_(K, n)                                                                            \
    {                                                                                              \
        struct go_args_t_ *go_q_ = (struct go_args_t_ *)go_p_;                                     \
        K(go_q_->f(GO_HAND_##n##_));                                                               \
    }
#define GO_ASSERT_ALIGN_                                                                           \
    _Static_assert(_Alignof(struct go_args_t_) <= 16,                                              \
                   "go: an argument is aligned to more than 16 bytes: pass a pointer");

/* By number of arguments: members of the struct; its initialiser; what f is called
 * with. */
#define GO_FIELDS_0_
#define GO_FIELDS_1_ GO_FIELDS_0_ __typeof__(go_a1_) a1;
#define GO_FIELDS_2_ GO_FIELDS_1_ __typeof__(go_a2_) a2;
#define GO_FIELDS_3_ GO_FIELDS_2_ __typeof__(go_a3_) a3;
#define GO_FIELDS_4_ GO_FIELDS_3_ __typeof__(go_a4_) a4;
#define GO_FIELDS_5_ GO_FIELDS_4_ __typeof__(go_a5_) a5;
#define GO_FIELDS_6_ GO_FIELDS_5_ __typeof__(go_a6_) a6;
#define GO_FIELDS_7_ GO_FIELDS_6_ __typeof__(go_a7_) a7;
#define GO_FIELDS_8_ GO_FIELDS_7_ __typeof__(go_a8_) a8;

#define GO_INIT_0_
#define GO_INIT_1_ GO_INIT_0_, go_a1_
#define GO_INIT_2_ GO_INIT_1_, go_a2_
#define GO_INIT_3_ GO_INIT_2_, go_a3_
#define GO_INIT_4_ GO_INIT_3_, go_a4_
#define GO_INIT_5_ GO_INIT_4_, go_a5_
#define GO_INIT_6_ GO_INIT_5_, go_a6_
#define GO_INIT_7_ GO_INIT_6_, go_a7_
#define GO_INIT_8_ GO_INIT_7_, go_a8_

#define GO_HAND_0_
#define GO_HAND_1_ go_q_->a1
#define GO_HAND_2_ GO_HAND_1_, go_q_->a2
#define GO_HAND_3_ GO_HAND_2_, go_q_->a3
#define GO_HAND_4_ GO_HAND_3_, go_q_->a4
#define GO_HAND_5_ GO_HAND_4_, go_q_->a5
#define GO_HAND_6_ GO_HAND_5_, go_q_->a6
#define GO_HAND_7_ GO_HAND_6_, go_q_->a7
#define GO_HAND_8_ GO_HAND_7_, go_q_->a8

#if defined(GO_CALL_NESTED_)

#define GO_STORE_(K, n)                                                                            \
    struct go_args_t_ {                                                                            \
        __typeof__(go_f_) f;                                                                       \
        GO_FIELDS_##n##_                                                                           \
    } go_args_ = { go_f_ GO_INIT_##n##_ };                                                         \
    GO_ASSERT_ALIGN_                                                                               \
    GO_QUIET_ void go_entry_(void *go_p_) GO_THUNK_(K, n) GO_NORMAL_

#elif defined(GO_CALL_DECODED_)

/* The target of the direct call in front of the address pc. */
static inline void (*go_called_before_(const void *pc))(void *)
{
#ifdef __x86_64__
    int32_t distance;
    __builtin_memcpy(&distance, (const char *)pc - 4, 4);
    return (void (*)(void *))((uintptr_t)pc + (uintptr_t)(intptr_t)distance);
#else
    const int32_t *bl = (const int32_t *)pc - 1;
    const int32_t words = (int32_t)((uint32_t)*bl << 6) >> 6;
    return (void (*)(void *))(uintptr_t)(bl + words);
#endif
}
#define GO_STORE_(K, n)                                                                            \
    struct go_args_t_ {                                                                            \
        __typeof__(go_f_) f;                                                                       \
        GO_FIELDS_##n##_                                                                           \
    } go_args_ = { go_f_ GO_INIT_##n##_ };                                                         \
    GO_ASSERT_ALIGN_                                                                               \
    GO_QUIET_ const void *go_thunk_(void *go_p_)                                                   \
    {                                                                                              \
        if (!go_p_)                                                                                \
            return __builtin_return_address(0);                                                    \
        GO_THUNK_(K, n)                                                                            \
        return NULL;                                                                               \
    }                                                                                              \
    GO_NORMAL_                                                                                     \
    void (*const go_entry_)(void *) = go_called_before_(go_thunk_(NULL));

#elif defined(GO_CALL_BLOCK_)

/* A block that captures nothing is a constant, whose first member names its class in
 * the blocks runtime.  No one looks at it here. */
__asm__(".weak _NSConcreteGlobalBlock");

static inline void go_block_entry_(void *p)
{
    void (^const *block)(void *) = (void (^const *)(void *))p;
    (*block)(p);
}
#define GO_STORE_(K, n)                                                                            \
    struct go_args_t_ {                                                                            \
        void (^block)(void *);                                                                     \
        __typeof__(go_f_) f;                                                                       \
        GO_FIELDS_##n##_                                                                           \
    };                                                                                             \
    GO_ASSERT_ALIGN_                                                                               \
    GO_QUIET_ struct go_args_t_ go_args_ = { ^(void *go_p_)GO_THUNK_(K, n),                        \
                                             go_f_ GO_INIT_##n##_ };                               \
    GO_NORMAL_                                                                                     \
    void (*const go_entry_)(void *) = go_block_entry_;

#elif defined(GO_CALL_STUB_)

/* At most what the parameter of an argument takes on the stack: a struct its size,
 * a number no more than a complex long double, into which it may be converted. */
#define GO_ON_STACK_(a)                                                                            \
    (GO_IS_NUMBER_(GO_CLASS_(a))         ? 32                                                      \
     : GO_CLASS_(a) == GO_CLASS_POINTER_ ? 16                                                      \
                                         : (sizeof(a) + 15) / 16 * 16)
#define GO_STACK_0_ 0
#define GO_STACK_1_ GO_STACK_0_ + GO_ON_STACK_(go_a1_)
#define GO_STACK_2_ GO_STACK_1_ + GO_ON_STACK_(go_a2_)
#define GO_STACK_3_ GO_STACK_2_ + GO_ON_STACK_(go_a3_)
#define GO_STACK_4_ GO_STACK_3_ + GO_ON_STACK_(go_a4_)
#define GO_STACK_5_ GO_STACK_4_ + GO_ON_STACK_(go_a5_)
#define GO_STACK_6_ GO_STACK_5_ + GO_ON_STACK_(go_a6_)
#define GO_STACK_7_ GO_STACK_6_ + GO_ON_STACK_(go_a7_)
#define GO_STACK_8_ GO_STACK_7_ + GO_ON_STACK_(go_a8_)
#ifdef __aarch64__
/* A larger one would be passed by the address of a copy that does not last. */
#define GO_CHECK_(a)                                                                               \
    GO_CHECK_ALIGN_(a)                                                                             \
    _Static_assert((GO_CLASS_(a) != GO_CLASS_STRUCT_ && GO_CLASS_(a) != GO_CLASS_UNION_) ||        \
                       sizeof(a) <= 16,                                                            \
                   "go: a struct argument of more than 16 bytes: use -fblocks or pass a pointer");
#else
#define GO_CHECK_(a) GO_CHECK_ALIGN_(a)
#endif
#define GO_CHECK_ALIGN_(a)                                                                         \
    _Static_assert(_Alignof(__typeof__(a)) <= 16,                                                  \
                   "go: an argument is aligned to more than 16 bytes: pass a pointer");
#define GO_CHECK_0_
#define GO_CHECK_1_ GO_CHECK_0_ GO_CHECK_(go_a1_)
#define GO_CHECK_2_ GO_CHECK_1_ GO_CHECK_(go_a2_)
#define GO_CHECK_3_ GO_CHECK_2_ GO_CHECK_(go_a3_)
#define GO_CHECK_4_ GO_CHECK_3_ GO_CHECK_(go_a4_)
#define GO_CHECK_5_ GO_CHECK_4_ GO_CHECK_(go_a5_)
#define GO_CHECK_6_ GO_CHECK_5_ GO_CHECK_(go_a6_)
#define GO_CHECK_7_ GO_CHECK_6_ GO_CHECK_(go_a7_)
#define GO_CHECK_8_ GO_CHECK_7_ GO_CHECK_(go_a8_)

#define GO_PASS_0_
#define GO_PASS_1_ go_a1_
#define GO_PASS_2_ GO_PASS_1_, go_a2_
#define GO_PASS_3_ GO_PASS_2_, go_a3_
#define GO_PASS_4_ GO_PASS_3_, go_a4_
#define GO_PASS_5_ GO_PASS_4_, go_a5_
#define GO_PASS_6_ GO_PASS_5_, go_a6_
#define GO_PASS_7_ GO_PASS_6_, go_a7_
#define GO_PASS_8_ GO_PASS_7_, go_a8_

/* Whether an object of f's result type may be returned in memory; not for void. */
#define GO_RETURNS_OBJECT_(R)                                                                      \
    (GO_CLASS_(GO_OF_(GO_UNVOID_(R))) != GO_CLASS_POINTER_ &&                                      \
     !GO_IS_NUMBER_(GO_CLASS_(GO_OF_(GO_UNVOID_(R)))))
#define GO_UNVOID_(R)                                                                              \
    __typeof__(*__builtin_choose_expr(__builtin_types_compatible_p(R, void), (int *)0, (R *)0))

#define GO_STORE_(K, n)                                                                            \
    GO_CHECK_##n##_ struct {                                                                       \
        struct go_call_ call;                                                                      \
        unsigned char stack[GO_STACK_##n##_];                                                      \
    } go_args_;                                                                                    \
    void (*const go_entry_)(void *) = GO_PASTE_(K, RUN_);                                          \
    go_args_.call.fn = go_fn_;                                                                     \
    go_args_.call.stack_size = GO_STACK_##n##_;                                                    \
    go_args_.call.ret_size = 0;                                                                    \
    GO_QUIET_ if (GO_RETURNS_OBJECT_(go_ret_))                                                     \
    {                                                                                              \
        struct go_call_ go_probe_;                                                                 \
        go_probe_.stack_size = 0;                                                                  \
        go_ret_ (*go_stub_)(void *) = (go_ret_(*)(void *))go_call_store_(&go_probe_);              \
        if (go_stub_)                                                                              \
            (void)go_stub_(&go_probe_);                                                            \
        go_call_result_(&go_args_.call, &go_probe_, sizeof(go_ret_));                              \
    }                                                                                              \
    __typeof__(go_f_) go_stub_ = (__typeof__(go_f_))go_call_store_(&go_args_.call);                \
    if (go_stub_) {                                                                                \
        (void)go_stub_(GO_PASS_##n##_);                                                            \
        go_call_skip_(&go_args_.call);                                                             \
    }                                                                                              \
    GO_NORMAL_

#endif

#define GO_PACK_(...)     GO_CAT3_(GO_PACK_, GO_COUNT_(__VA_ARGS__), _)(GO_DROPS_, __VA_ARGS__)
#define GO_PACK_INT_(...) GO_CAT3_(GO_PACK_, GO_COUNT_(__VA_ARGS__), _)(GO_KEEPS_, __VA_ARGS__)

#define GO_PACK_1_(K, f)         GO_PACK_N_(K, 0, f, (f)(), )
#define GO_PACK_2_(K, f, a1)     GO_PACK_N_(K, 1, f, (f)(a1), GO_AUTO_(1, a1))
#define GO_PACK_3_(K, f, a1, a2) GO_PACK_N_(K, 2, f, (f)(a1, a2), GO_AUTO_(1, a1) GO_AUTO_(2, a2))
#define GO_PACK_4_(K, f, a1, a2, a3)                                                               \
    GO_PACK_N_(K, 3, f, (f)(a1, a2, a3), GO_AUTO_(1, a1) GO_AUTO_(2, a2) GO_AUTO_(3, a3))
#define GO_PACK_5_(K, f, a1, a2, a3, a4)                                                           \
    GO_PACK_N_(K, 4, f, (f)(a1, a2, a3, a4),                                                       \
               GO_AUTO_(1, a1) GO_AUTO_(2, a2) GO_AUTO_(3, a3) GO_AUTO_(4, a4))
#define GO_PACK_6_(K, f, a1, a2, a3, a4, a5)                                                       \
    GO_PACK_N_(K, 5, f, (f)(a1, a2, a3, a4, a5),                                                   \
               GO_AUTO_(1, a1) GO_AUTO_(2, a2) GO_AUTO_(3, a3) GO_AUTO_(4, a4) GO_AUTO_(5, a5))
#define GO_PACK_7_(K, f, a1, a2, a3, a4, a5, a6)                                                   \
    GO_PACK_N_(K, 6, f, (f)(a1, a2, a3, a4, a5, a6),                                               \
               GO_AUTO_(1, a1) GO_AUTO_(2, a2) GO_AUTO_(3, a3) GO_AUTO_(4, a4) GO_AUTO_(5, a5)     \
                   GO_AUTO_(6, a6))
#define GO_PACK_8_(K, f, a1, a2, a3, a4, a5, a6, a7)                                               \
    GO_PACK_N_(K, 7, f, (f)(a1, a2, a3, a4, a5, a6, a7),                                           \
               GO_AUTO_(1, a1) GO_AUTO_(2, a2) GO_AUTO_(3, a3) GO_AUTO_(4, a4) GO_AUTO_(5, a5)     \
                   GO_AUTO_(6, a6) GO_AUTO_(7, a7))
#define GO_PACK_9_(K, f, a1, a2, a3, a4, a5, a6, a7, a8)                                           \
    GO_PACK_N_(K, 8, f, (f)(a1, a2, a3, a4, a5, a6, a7, a8),                                       \
               GO_AUTO_(1, a1) GO_AUTO_(2, a2) GO_AUTO_(3, a3) GO_AUTO_(4, a4) GO_AUTO_(5, a5)     \
                   GO_AUTO_(6, a6) GO_AUTO_(7, a7) GO_AUTO_(8, a8))

#define GO_PACK_TOO_MANY_ _Static_assert(0, "go: more than 8 arguments: pass a struct");
#define GO_PACK_10_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_11_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_12_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_13_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_14_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_15_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_16_(...)  GO_PACK_TOO_MANY_
#define GO_PACK_17_(...)  GO_PACK_TOO_MANY_

#endif /* C */

#endif

/* SPDX-License-Identifier: MIT */
/* Private to the macros: questions about types, and a little preprocessing. */
#ifndef GOROUTINE_MACROS_H
#define GOROUTINE_MACROS_H

#include <goroutine/base.h>

/* Join after expansion. */
#define GO_CAT_(a, b)       GO_PASTE_(a, b)
#define GO_PASTE_(a, b)     a##b
#define GO_CAT3_(a, b, c)   GO_PASTE3_(a, b, c)
#define GO_PASTE3_(a, b, c) a##b##c

/* GO_COUNT_(args...) - how many arguments, 1 to 64.  None counts as 1. */
#define GO_COUNT_(...)                                                                             \
    GO_65TH_(__VA_ARGS__, 64, 63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47,  \
             46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26,   \
             25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3,  \
             2, 1, 0)
/* GO_ONE_OR_MANY_(args...) - 1, or N for 2 to 64 arguments. */
#define GO_ONE_OR_MANY_(...)                                                                       \
    GO_65TH_(__VA_ARGS__, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,  \
             N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N,   \
             N, N, N, N, N, N, N, N, N, N, N, 1, 0)
#define GO_65TH_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18,  \
                 a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, a33, a34,   \
                 a35, a36, a37, a38, a39, a40, a41, a42, a43, a44, a45, a46, a47, a48, a49, a50,   \
                 a51, a52, a53, a54, a55, a56, a57, a58, a59, a60, a61, a62, a63, a64, n, ...)     \
    n

/* Puts the obligation to look at the result around a statement expression. */
static inline GO_MUST_CHECK int go_must_check_(int result)
{
    return result;
}

#ifndef __cplusplus

/* What kind of type an expression has; it is not evaluated.  The numbers are
 * those of the compilers. */
#define GO_CLASS_(e)      __builtin_classify_type(e)
#define GO_CLASS_POINTER_ 5
#define GO_CLASS_REAL_    8
#define GO_CLASS_COMPLEX_ 9
#define GO_CLASS_STRUCT_  12
#define GO_CLASS_UNION_   13

/* An integer, character, enumeration, bool, real or complex number. */
#define GO_IS_NUMBER_(k) ((k) == 1 || (k) == 2 || (k) == 3 || (k) == 4 || (k) == 8 || (k) == 9)

/* An expression of type T that is never evaluated. */
#define GO_OF_(T) (*(__typeof__(T) *)16)

/* Stand-ins, so that a question about pointers compiles for anything. */
#define GO_OR_NULL_(e) __builtin_choose_expr(GO_CLASS_(e) == GO_CLASS_POINTER_, (e), (void *)0)
#define GO_OR_VOIDP_(T)                                                                            \
    __typeof__(*__builtin_choose_expr(GO_CLASS_(GO_OF_(T)) == GO_CLASS_POINTER_,                   \
                                      (__typeof__(T) *)0, (void **)0))

/* GO_POINTS_(T, e) - e is a T *, or a null pointer constant. */
#define GO_POINTS_(T, e)                                                                           \
    (GO_CLASS_(e) == GO_CLASS_POINTER_ &&                                                          \
     __builtin_types_compatible_p(__typeof__(0 ? (__typeof__(T) *)16 : GO_OR_NULL_(e)),            \
                                  __typeof__(T) *))

/* GO_REQUIRE_(name, is, message) - is must be a constant that is not 0.  Clang cites
 * what it requires: better a name than the whole question. */
#ifdef __clang__
#define GO_REQUIRE_(name, is, message)                                                             \
    {                                                                                              \
        typedef char name[1 + !!(is)];                                                             \
        _Static_assert(sizeof(name) == 2, message);                                                \
    }
#else
#define GO_REQUIRE_(name, is, message) _Static_assert(is, message)
#endif

/* A pointer e converts to the pointer type P without losing type or qualifier: the
 * composite of both is P; or e is a void * that has no qualifier P has not.  The
 * number is not 0, for that would make a null pointer constant of a void *. */
#define GO_POINTER_ASSIGNS_(P, e)                                                                  \
    (__builtin_types_compatible_p(__typeof__(0 ? (P)16 : (e)), P) ||                               \
     (GO_IS_VOIDP_(e) &&                                                                           \
      GO_VOIDP_ASSIGNS_(GO_IF_VOIDP_(e, P),                                                        \
                        __builtin_choose_expr(GO_IS_VOIDP_(e), (e), (void *)0))))
#define GO_VOIDP_ASSIGNS_(P, e)                                                                    \
    __builtin_types_compatible_p(__typeof__(0 ? (P)16 : (e)), __typeof__(0 ? (P)16 : (void *)32))
#define GO_IS_VOIDP_(e) __builtin_types_compatible_p(__typeof__(*(e)), void)
#define GO_IF_VOIDP_(e, P)                                                                         \
    __typeof__(*__builtin_choose_expr(GO_IS_VOIDP_(e), (__typeof__(P) *)0, (void **)0))

/* GO_ASSIGNS_(T, e) - the value e converts to T as by assignment, with no
 * diagnostic due.  An integer constant 0 is no pointer here: say NULL. */
#define GO_ASSIGNS_(T, e)                                                                          \
    ((GO_IS_NUMBER_(GO_CLASS_(GO_OF_(T))) && GO_IS_NUMBER_(GO_CLASS_(e))) ||                       \
     (GO_CLASS_(GO_OF_(T)) == GO_CLASS_POINTER_ && GO_CLASS_(e) == GO_CLASS_POINTER_ &&            \
      GO_POINTER_ASSIGNS_(GO_OR_VOIDP_(T), GO_OR_NULL_(e))) ||                                     \
     (__builtin_types_compatible_p(T, _Bool) && GO_CLASS_(e) == GO_CLASS_POINTER_) ||              \
     (GO_CLASS_(GO_OF_(T)) != GO_CLASS_POINTER_ &&                                                 \
      __builtin_types_compatible_p(T, __typeof__(e))))

#endif /* C */

#endif

/* SPDX-License-Identifier: MIT */
/* Atomic variables, and atomic operations on plain ones.
 *
 * Every operation is sequentially consistent with all others here, as in Go's
 * sync/atomic: all of them happen in one order that every goroutine agrees on, and
 * what was written before an operation is seen after one that observes it.
 *
 * All zero is 0, false or NULL, ready to use.  The types are structs, so that no
 * plain access slips in.  Any goroutine or thread may call; nothing parks or fails.
 */
#ifndef GOROUTINE_ATOMIC_H
#define GOROUTINE_ATOMIC_H

#include <goroutine/base.h>
#include <goroutine/macros.h>

#ifdef __cplusplus
#include <type_traits>
#endif

/* go_int32, go_int64, go_uint32, go_uint64, go_uintptr - atomic integers.
 *
 *   load(p)         the value
 *   store(p, v)
 *   add(p, d)       adds d, which may be negative, and wraps; returns the NEW value
 *   swap(p, v)      returns the old value
 *   compare_and_swap(p, old, v)   if the value is old, makes it v; whether it did
 *   and(p, mask), or(p, mask)     return the OLD value
 *
 * Like Go's atomic.Int32 and so on:  go_int32_add(&hits, 1).
 */
#define GO_ATOMIC_INTEGER_(name, type)                                                             \
    typedef struct name {                                                                          \
        type v_;                                                                                   \
    } __attribute__((aligned(sizeof(type)))) name;                                                 \
    static inline type name##_load(const name *p)                                                  \
    {                                                                                              \
        return __atomic_load_n(&p->v_, __ATOMIC_SEQ_CST);                                          \
    }                                                                                              \
    static inline void name##_store(name *p, type v)                                               \
    {                                                                                              \
        __atomic_store_n(&p->v_, v, __ATOMIC_SEQ_CST);                                             \
    }                                                                                              \
    static inline type name##_add(name *p, type d)                                                 \
    {                                                                                              \
        return __atomic_add_fetch(&p->v_, d, __ATOMIC_SEQ_CST);                                    \
    }                                                                                              \
    static inline type name##_swap(name *p, type v)                                                \
    {                                                                                              \
        return __atomic_exchange_n(&p->v_, v, __ATOMIC_SEQ_CST);                                   \
    }                                                                                              \
    static inline bool name##_compare_and_swap(name *p, type old, type v)                          \
    {                                                                                              \
        return __atomic_compare_exchange_n(&p->v_, &old, v, false, __ATOMIC_SEQ_CST,               \
                                           __ATOMIC_SEQ_CST);                                      \
    }                                                                                              \
    static inline type name##_and(name *p, type mask)                                              \
    {                                                                                              \
        return __atomic_fetch_and(&p->v_, mask, __ATOMIC_SEQ_CST);                                 \
    }                                                                                              \
    static inline type name##_or(name *p, type mask)                                               \
    {                                                                                              \
        return __atomic_fetch_or(&p->v_, mask, __ATOMIC_SEQ_CST);                                  \
    }                                                                                              \
    struct name /* takes the semicolon */

GO_ATOMIC_INTEGER_(go_int32, int32_t);
GO_ATOMIC_INTEGER_(go_int64, int64_t);
GO_ATOMIC_INTEGER_(go_uint32, uint32_t);
GO_ATOMIC_INTEGER_(go_uint64, uint64_t);
GO_ATOMIC_INTEGER_(go_uintptr, uintptr_t);

/* go_bool - an atomic bool: load, store, swap, compare_and_swap as above.
 * Like Go's atomic.Bool. */
typedef struct go_bool {
    bool v_;
} go_bool;

static inline bool go_bool_load(const go_bool *p)
{
    return __atomic_load_n(&p->v_, __ATOMIC_SEQ_CST);
}
static inline void go_bool_store(go_bool *p, bool v)
{
    __atomic_store_n(&p->v_, v, __ATOMIC_SEQ_CST);
}
static inline bool go_bool_swap(go_bool *p, bool v)
{
    return __atomic_exchange_n(&p->v_, v, __ATOMIC_SEQ_CST);
}
static inline bool go_bool_compare_and_swap(go_bool *p, bool old, bool v)
{
    return __atomic_compare_exchange_n(&p->v_, &old, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/* go_ptr(T) - an atomic pointer to T.  Like Go's atomic.Pointer[T].
 *
 *     go_ptr(struct config) current;
 *     struct config *c = go_ptr_load(&current);
 *     struct config *old = go_ptr_swap(&current, fresh);
 *
 * load, store, swap, compare_and_swap as above, by macros: go_ptr_store(&p, v).  A
 * pointer to anything but T, or to a const T, does not compile.
 *
 * The type is an array of one pointer: structural, so that two files mean the same
 * by it, and not to be assigned or read by accident.
 */
#define go_ptr(...) __typeof__(__typeof__(__VA_ARGS__) *[1])

/* go_atomic_...(p, ...) - the operations on the plain object at p.
 *
 *   load(p), store(p, v), swap(p, v), compare_and_swap(p, old, v)
 *               any integer, enumeration, bool, pointer, float or double; floating
 *               values are compared as bytes
 *   add(p, d), and(p, mask), or(p, mask)
 *               integers; add returns the NEW value, and and or the OLD one
 *
 * p is evaluated once.  v, old, d and mask are converted as by assignment.  Every
 * access that may run at the same time must be one of these.
 * Like Go's atomic.AddInt32 and so on:  go_atomic_add(&count, 1).
 */
#ifdef __cplusplus

namespace go_cpp_
{
template <class T> struct atomic_arg {
    static_assert(std::is_scalar<T>::value && !std::is_member_pointer<T>::value && sizeof(T) <= 8,
                  "go_atomic: not an integer, enumeration, bool, pointer, float or double");
    using type = std::remove_cv_t<T>;
};
template <class T> struct atomic_integer {
    static_assert(std::is_integral<T>::value && !std::is_same<std::remove_cv_t<T>, bool>::value,
                  "go_atomic: add, and, or: not an integer");
    using type = std::remove_cv_t<T>;
};
template <class T> using arg = typename atomic_arg<T>::type;
template <class T> using integer = typename atomic_integer<T>::type;
template <class T> using pointer = T *;
} // namespace go_cpp_

template <class T> inline go_cpp_::arg<T> go_atomic_load(const T *p)
{
    go_cpp_::arg<T> v;
    __atomic_load(const_cast<T *>(p), &v, __ATOMIC_SEQ_CST);
    return v;
}
template <class T> inline void go_atomic_store(T *p, go_cpp_::arg<T> v)
{
    __atomic_store(p, &v, __ATOMIC_SEQ_CST);
}
template <class T> inline go_cpp_::arg<T> go_atomic_swap(T *p, go_cpp_::arg<T> v)
{
    go_cpp_::arg<T> old;
    __atomic_exchange(p, &v, &old, __ATOMIC_SEQ_CST);
    return old;
}
template <class T>
inline bool go_atomic_compare_and_swap(T *p, go_cpp_::arg<T> old, go_cpp_::arg<T> v)
{
    return __atomic_compare_exchange(p, &old, &v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}
template <class T> inline go_cpp_::integer<T> go_atomic_add(T *p, go_cpp_::integer<T> d)
{
    return __atomic_add_fetch(p, d, __ATOMIC_SEQ_CST);
}
template <class T> inline go_cpp_::integer<T> go_atomic_and(T *p, go_cpp_::integer<T> mask)
{
    return __atomic_fetch_and(p, mask, __ATOMIC_SEQ_CST);
}
template <class T> inline go_cpp_::integer<T> go_atomic_or(T *p, go_cpp_::integer<T> mask)
{
    return __atomic_fetch_or(p, mask, __ATOMIC_SEQ_CST);
}

template <class T> inline T *go_ptr_load(T *const (*p)[1])
{
    return go_atomic_load(&(*p)[0]);
}
template <class T> inline T *go_ptr_load(T *(*p)[1])
{
    return go_atomic_load(&(*p)[0]);
}
template <class T> inline void go_ptr_store(T *(*p)[1], go_cpp_::arg<T *> v)
{
    go_atomic_store(&(*p)[0], v);
}
template <class T> inline T *go_ptr_swap(T *(*p)[1], go_cpp_::arg<T *> v)
{
    return go_atomic_swap(&(*p)[0], v);
}
template <class T>
inline bool go_ptr_compare_and_swap(T *(*p)[1], go_cpp_::arg<T *> old, go_cpp_::arg<T *> v)
{
    return go_atomic_compare_and_swap(&(*p)[0], old, v);
}

#else /* C */

/* The object at p, for questions about its type; what it holds, unqualified. */
#define GO_AT_(p) __typeof__(((void)0, *(p)))

#define GO_ASSERT_ATOMIC_(what, p)                                                                 \
    GO_REQUIRE_(go_is_scalar_,                                                                     \
                (GO_IS_NUMBER_(GO_CLASS_(*(p))) || GO_CLASS_(*(p)) == GO_CLASS_POINTER_) &&        \
                    GO_CLASS_(*(p)) != GO_CLASS_COMPLEX_ && sizeof(*(p)) <= 8 &&                   \
                    __builtin_types_compatible_p(__typeof__(*(p)), GO_AT_(p)),                     \
                what ": not an integer, enumeration, bool, pointer, float or double")

#define GO_ASSERT_ATOMIC_ARG_(name, what, p, v)                                                    \
    GO_REQUIRE_(name, GO_ASSIGNS_(GO_AT_(p), (v)),                                                 \
                what ": the value does not convert to the type of the object")

#define GO_ASSERT_INTEGER_(what, p, v)                                                             \
    GO_REQUIRE_(go_is_integer_,                                                                    \
                GO_IS_NUMBER_(GO_CLASS_(*(p))) && GO_CLASS_(*(p)) != GO_CLASS_REAL_ &&             \
                    GO_CLASS_(*(p)) != GO_CLASS_COMPLEX_ && sizeof(*(p)) <= 8 &&                   \
                    !__builtin_types_compatible_p(__typeof__(*(p)), _Bool),                        \
                what ": not an integer");                                                          \
    GO_REQUIRE_(go_operand_converts_, GO_ASSIGNS_(GO_AT_(p), (v)),                                 \
                what ": the operand does not convert to an integer")

#define go_atomic_load(p)                                                                          \
    __extension__({                                                                                \
        GO_ASSERT_ATOMIC_("go_atomic_load", p);                                                    \
        GO_AT_(p) go_al_v_;                                                                        \
        __atomic_load((p), &go_al_v_, __ATOMIC_SEQ_CST);                                           \
        go_al_v_;                                                                                  \
    })

#define go_atomic_store(p, v)                                                                      \
    __extension__({                                                                                \
        GO_ASSERT_ATOMIC_("go_atomic_store", p);                                                   \
        GO_ASSERT_ATOMIC_ARG_(go_value_converts_, "go_atomic_store", p, v);                        \
        __typeof__(p) go_as_p_ = (p);                                                              \
        GO_AT_(p) go_as_v_ = (v);                                                                  \
        __atomic_store(go_as_p_, &go_as_v_, __ATOMIC_SEQ_CST);                                     \
    })

#define go_atomic_swap(p, v)                                                                       \
    __extension__({                                                                                \
        GO_ASSERT_ATOMIC_("go_atomic_swap", p);                                                    \
        GO_ASSERT_ATOMIC_ARG_(go_value_converts_, "go_atomic_swap", p, v);                         \
        __typeof__(p) go_ax_p_ = (p);                                                              \
        GO_AT_(p) go_ax_v_ = (v), go_ax_old_;                                                      \
        __atomic_exchange(go_ax_p_, &go_ax_v_, &go_ax_old_, __ATOMIC_SEQ_CST);                     \
        go_ax_old_;                                                                                \
    })

#define go_atomic_compare_and_swap(p, old, v)                                                      \
    __extension__({                                                                                \
        GO_ASSERT_ATOMIC_("go_atomic_compare_and_swap", p);                                        \
        GO_ASSERT_ATOMIC_ARG_(go_old_converts_, "go_atomic_compare_and_swap", p, old);             \
        GO_ASSERT_ATOMIC_ARG_(go_value_converts_, "go_atomic_compare_and_swap", p, v);             \
        __typeof__(p) go_ac_p_ = (p);                                                              \
        GO_AT_(p) go_ac_old_ = (old);                                                              \
        GO_AT_(p) go_ac_v_ = (v);                                                                  \
        __atomic_compare_exchange(go_ac_p_, &go_ac_old_, &go_ac_v_, 0, __ATOMIC_SEQ_CST,           \
                                  __ATOMIC_SEQ_CST);                                               \
    })

#define go_atomic_add(p, d)                                                                        \
    __extension__({                                                                                \
        GO_ASSERT_INTEGER_("go_atomic_add", p, d);                                                 \
        __typeof__(p) go_aadd_p_ = (p);                                                            \
        GO_AT_(p) go_aadd_v_ = (d);                                                                \
        __atomic_add_fetch(go_aadd_p_, go_aadd_v_, __ATOMIC_SEQ_CST);                              \
    })

#define go_atomic_and(p, mask)                                                                     \
    __extension__({                                                                                \
        GO_ASSERT_INTEGER_("go_atomic_and", p, mask);                                              \
        __typeof__(p) go_aand_p_ = (p);                                                            \
        GO_AT_(p) go_aand_v_ = (mask);                                                             \
        __atomic_fetch_and(go_aand_p_, go_aand_v_, __ATOMIC_SEQ_CST);                              \
    })

#define go_atomic_or(p, mask)                                                                      \
    __extension__({                                                                                \
        GO_ASSERT_INTEGER_("go_atomic_or", p, mask);                                               \
        __typeof__(p) go_aor_p_ = (p);                                                             \
        GO_AT_(p) go_aor_v_ = (mask);                                                              \
        __atomic_fetch_or(go_aor_p_, go_aor_v_, __ATOMIC_SEQ_CST);                                 \
    })

#define GO_PTR_(p)                                                                                 \
    __extension__({                                                                                \
        _Static_assert(__builtin_types_compatible_p(__typeof__(*(p)), __typeof__((*(p))[0])[1]) && \
                           GO_CLASS_((*(p))[0]) == GO_CLASS_POINTER_,                              \
                       "go_ptr: not the address of a go_ptr(T)");                                  \
        &(*(p))[0];                                                                                \
    })

#define go_ptr_load(p)                     go_atomic_load(GO_PTR_(p))
#define go_ptr_store(p, v)                 go_atomic_store(GO_PTR_(p), v)
#define go_ptr_swap(p, v)                  go_atomic_swap(GO_PTR_(p), v)
#define go_ptr_compare_and_swap(p, old, v) go_atomic_compare_and_swap(GO_PTR_(p), old, v)

#endif /* C */

#endif

/* SPDX-License-Identifier: MIT */
/* Short names for the atomic builtins.  A stronger order than relaxed is
 * written where it is used, with its partner named there. */
#ifndef BASE_ATOMIC_H
#define BASE_ATOMIC_H

#include <stdbool.h>
#include <stdint.h>

/* Clang names its sanitizers otherwise than GCC. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer) && !defined(__SANITIZE_THREAD__)
#define __SANITIZE_THREAD__ 1
#endif
#if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#define likely(x)   __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define CACHE_LINE    64
#define cache_aligned __attribute__((aligned(CACHE_LINE)))
/* For a function that enters on one goroutine and returns on another: its record
 * of calls would go to two fibers. */
#define not_for_tsan __attribute__((no_sanitize("thread")))

#define never_inline __attribute__((noinline))

#define ld_relaxed(p)     __atomic_load_n((p), __ATOMIC_RELAXED)
#define ld_acquire(p)     __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define ld_seq(p)         __atomic_load_n((p), __ATOMIC_SEQ_CST)
#define st_relaxed(p, v)  __atomic_store_n((p), (v), __ATOMIC_RELAXED)
#define st_release(p, v)  __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define st_seq(p, v)      __atomic_store_n((p), (v), __ATOMIC_SEQ_CST)
#define add_relaxed(p, v) __atomic_add_fetch((p), (v), __ATOMIC_RELAXED)
#define add_seq(p, v)     __atomic_add_fetch((p), (v), __ATOMIC_SEQ_CST)
#define sub_seq(p, v)     __atomic_sub_fetch((p), (v), __ATOMIC_SEQ_CST)
#define xchg_seq(p, v)    __atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST)

/* cas - true if *p was want and is now v.  Acquire and release on success. */
#define cas(p, want, v)                                                                            \
    __extension__({                                                                                \
        __typeof__(*(p)) want_ = (want);                                                           \
        __atomic_compare_exchange_n((p), &want_, (v), 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);      \
    })

/* True if *p was *s and is now v; else *s is what *p is.  cas_acquire acquires
 * also when it fails. */
#define cas_acquire(p, s, v)                                                                       \
    __atomic_compare_exchange_n((p), (s), (v), 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
#define cas_release(p, s, v)                                                                       \
    __atomic_compare_exchange_n((p), (s), (v), 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
#define cas_relaxed(p, s, v)                                                                       \
    __atomic_compare_exchange_n((p), (s), (v), 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)

/* Orders the compiler alone. */
#define compiler_barrier() __asm__ volatile("" ::: "memory")

/* full_fence - a fence that the thread sanitizer also sees (it does not know
 * __atomic_thread_fence). */
static inline void full_fence(void)
{
#if defined(__SANITIZE_THREAD__)
    static uint32_t word;
    __atomic_fetch_add(&word, 0, __ATOMIC_SEQ_CST);
#else
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
#endif
}

static inline void cpu_relax(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#else
    compiler_barrier();
#endif
}

#endif

/* SPDX-License-Identifier: MIT */
/* Lists of address ranges, in memory of their own: they are filled while other
 * threads are stopped, who may hold any lock of the C library. */
#ifndef DEBUG_SPANS_H
#define DEBUG_SPANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
    uintptr_t lo, hi; /* [lo, hi) */
};

/* If all zero, it is empty and ready. */
struct spans {
    struct span *v;
    size_t n, cap;
    bool lost; /* there was no memory for one */
};

/* array_grow - make room for one more of size bytes in (*v)[0..*cap), of which n
 * are used.  Memory from the kernel, zeroed.  false: there is none. */
bool array_grow(void **v, size_t n, size_t *cap, size_t size);
void array_free(void *v, size_t cap, size_t size);

/* sort_by_first - sort n records of size bytes, at most 64, by the uintptr_t at
 * their beginning. */
void sort_by_first(void *array, size_t n, size_t size);

/* last_upto - index of the last record that begins with at most key, in a sorted
 * array; n if there is none. */
size_t last_upto(const void *array, size_t n, size_t size, uintptr_t key);

/* spans_add - does nothing if hi <= lo. */
void spans_add(struct spans *s, uintptr_t lo, uintptr_t hi);
void spans_free(struct spans *s);

/* spans_without - add to out what of [lo, hi) is in none of the sorted spans. */
void spans_without(struct spans *out, uintptr_t lo, uintptr_t hi, const struct spans *sorted);

#endif

/* SPDX-License-Identifier: MIT */
#include "debug/spans.h"

#include <string.h>
#include <sys/mman.h>

enum { FIRST_BYTES = 1 << 16, RECORD_MAX = 64 };

bool array_grow(void **v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return true;
    size_t want = *cap ? *cap * 2 : FIRST_BYTES / size;
    void *more = mmap(NULL, want * size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (more == MAP_FAILED)
        return false;
    if (*cap) {
        memcpy(more, *v, n * size);
        munmap(*v, *cap * size);
    }
    *v = more;
    *cap = want;
    return true;
}

void array_free(void *v, size_t cap, size_t size)
{
    if (cap)
        munmap(v, cap * size);
}

static uintptr_t key_of(const char *record)
{
    uintptr_t key;
    memcpy(&key, record, sizeof key);
    return key;
}

static void sink(char *v, size_t i, size_t n, size_t size)
{
    char moved[RECORD_MAX];
    memcpy(moved, v + i * size, size);
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && key_of(v + child * size) < key_of(v + (child + 1) * size))
            child++;
        if (key_of(moved) >= key_of(v + child * size))
            break;
        memcpy(v + i * size, v + child * size, size);
    }
    memcpy(v + i * size, moved, size);
}

static bool is_sorted(const char *v, size_t n, size_t size)
{
    for (size_t i = 1; i < n; i++)
        if (key_of(v + (i - 1) * size) > key_of(v + i * size))
            return false;
    return true;
}

/* By heap: no memory, and no worst case. */
void sort_by_first(void *array, size_t n, size_t size)
{
    char *v = array, swap[RECORD_MAX];
    if (is_sorted(v, n, size))
        return;
    for (size_t i = n / 2; i-- > 0;)
        sink(v, i, n, size);
    for (size_t end = n; end-- > 1;) {
        memcpy(swap, v, size);
        memcpy(v, v + end * size, size);
        memcpy(v + end * size, swap, size);
        sink(v, 0, end, size);
    }
}

size_t last_upto(const void *array, size_t n, size_t size, uintptr_t key)
{
    const char *v = array;
    size_t lo = 0, hi = n; /* those before lo begin with at most key, those from hi with more */
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (key_of(v + mid * size) <= key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? lo - 1 : n;
}

void spans_add(struct spans *s, uintptr_t lo, uintptr_t hi)
{
    void *v = s->v;
    if (hi <= lo)
        return;
    if (!array_grow(&v, s->n, &s->cap, sizeof *s->v)) {
        s->lost = true;
        return;
    }
    s->v = v;
    s->v[s->n++] = (struct span){ lo, hi };
}

void spans_free(struct spans *s)
{
    array_free(s->v, s->cap, sizeof *s->v);
    *s = (struct spans){ 0 };
}

void spans_without(struct spans *out, uintptr_t lo, uintptr_t hi, const struct spans *sorted)
{
    /* A span that begins before lo may still reach into it, and so may one before
     * that: they may overlap.  They are few. */
    for (size_t i = 0; i < sorted->n && lo < hi && sorted->v[i].lo < hi; i++) {
        if (sorted->v[i].hi <= lo)
            continue;
        spans_add(out, lo, sorted->v[i].lo);
        lo = sorted->v[i].hi;
    }
    spans_add(out, lo, hi);
}

/* SPDX-License-Identifier: MIT */
#include "debug/heapwalk.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    UNIT = 16,
    HEADER = 16,
    TAIL = 8, /* of a block's user bytes lies in the next header */
    LEAST = 32,
    FENCE = 16,
    IN_USE_BEFORE = 1,
    MMAPPED = 2,
    FLAGS = 7,
    MALLOC_CODE = 48 * 1024, /* around its public functions */
};

/* Heaps of threads are aligned to this. */
#define THREAD_HEAP ((uintptr_t)64 << 20)

static bool bit(const uint64_t *v, size_t i)
{
    return v[i / 64] >> (i % 64) & 1;
}

static void set_bit(uint64_t *v, size_t i)
{
    v[i / 64] |= (uint64_t)1 << (i % 64);
}

/* malloc has written it, so it is there. */
static uintptr_t size_at(uintptr_t c)
{
    return *(const uintptr_t *)(c + 8);
}

/* --- Walking ----------------------------------------------------------------------- */

/* From *at to exactly h->hi?  Notes where blocks begin, and as visited those that are
 * free and the last, which has never been given out.  *at is how far it came. */
static bool walk(struct heap *h, uintptr_t *at)
{
    uintptr_t c = *at, before = 0;
    if (!(size_at(c) & IN_USE_BEFORE))
        return false;
    for (; c < h->hi; *at = c) {
        uintptr_t head = size_at(c), size = head & ~(uintptr_t)FLAGS;
        size_t i = (c - h->lo) / UNIT;
        if (!(head & IN_USE_BEFORE) && before)
            set_bit(h->marks, (before - h->lo) / UNIT);
        if (size == FENCE && c + 2 * FENCE == h->hi) { /* full: another heap goes on */
            set_bit(h->starts, i);
            set_bit(h->marks, i);
            return true;
        }
        if (size < LEAST || size % UNIT || size > h->hi - c || (head & MMAPPED))
            return false;
        set_bit(h->starts, i);
        before = c;
        c += size;
    }
    if (before)
        set_bit(h->marks, (before - h->lo) / UNIT);
    return c == h->hi;
}

static void heap_free(struct heap *h)
{
    if (h->starts)
        munmap(h->starts, 2 * h->words * sizeof *h->starts);
    h->starts = NULL;
}

static bool heap_make(struct heap *h, uintptr_t lo, uintptr_t hi)
{
    size_t words = (hi - lo) / UNIT / 64 + 1;
    void *mem = mmap(NULL, 2 * words * sizeof(uint64_t), PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mem == MAP_FAILED)
        return false;
    *h = (struct heap){
        .lo = lo, .hi = hi, .starts = mem, .marks = (uint64_t *)mem + words, .words = words
    };
    return true;
}

static bool try_walk(struct heap *h, uintptr_t from)
{
    if (from + LEAST > h->hi)
        return false;
    uintptr_t at = h->first = from;
    if (walk(h, &at))
        return true;
    size_t words = (at - h->lo) / UNIT / 64 + 1;
    memset(h->starts, 0, words * sizeof *h->starts);
    memset(h->marks, 0, words * sizeof *h->marks);
    return false;
}

/* Is each block of ours that lies in h one of its blocks? */
static bool agrees(const struct heap *h, const uintptr_t *known, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uintptr_t c = known[i] - HEADER;
        if (known[i] >= h->lo && known[i] < h->hi &&
            (c < h->first || c % UNIT || !bit(h->starts, (c - h->lo) / UNIT)))
            return false;
    }
    return true;
}

static void keep(struct heaps *hs, struct heap *h, const uintptr_t *known, size_t n)
{
    void *v = hs->v;
    if (!agrees(h, known, n) || !array_grow(&v, hs->n, &hs->cap, sizeof *h)) {
        heap_free(h);
        return;
    }
    hs->v = v;
    hs->v[hs->n++] = *h;
}

/* --- Blocks that wait in a thread's cache -----------------------------------------------
 *
 * They look as if they were in use.  glibc writes the same secret word into each, the
 * second of its user words, to find what is freed twice, and clears it when it gives the
 * block out again. */

/* Sizes that hardly anybody uses, so that their caches have room. */
enum { PROBE_A = 968, PROBE_B = 1000 };

static uintptr_t second_word_of_freed(size_t size)
{
    uintptr_t v = 0;
    void *p = malloc(size);
    volatile uintptr_t at = (uintptr_t)p; /* it is not ours any more: we look at it all the same */
    free(p);
    if (at)
        memcpy(&v, (const char *)at + sizeof v, sizeof v);
    return v;
}

void heaps_prepare(struct heaps *hs)
{
    *hs = (struct heaps){ 0 };
#if defined(__GLIBC__)
    uintptr_t a = second_word_of_freed(PROBE_A), b = second_word_of_freed(PROBE_B);
    hs->freed = a == b ? a : 0;
#endif
}

/* --- Where heaps are ------------------------------------------------------------------ */

/* What stands at the beginning of a thread's heap. */
struct heap_info {
    uintptr_t arena; /* its bookkeeping, behind this in the first heap of each */
    uintptr_t prev;
    uintptr_t size;
};

/* The bookkeeping is between 0.5 and 4 KiB long; its length differs from version to
 * version, and there is only one place behind it from where the row leads to the end. */
static bool walk_first_of_arena(struct heap *h, uintptr_t arena)
{
    for (uintptr_t at = (arena + 512 + UNIT - 1) & ~(uintptr_t)(UNIT - 1); at < arena + 4096;
         at += UNIT)
        if (try_walk(h, at))
            return true;
    return false;
}

/* What heaps_read was given. */
struct reading {
    struct heaps *hs;
    struct reader *rd;
    const uintptr_t *known;
    size_t nknown;
};

static bool plausible(const struct heap_info *info, uintptr_t room)
{
    uintptr_t header = info->arena & (THREAD_HEAP - 1);
    return info->size >= 4096 && info->size % 4096 == 0 && info->size <= room &&
           header >= sizeof *info && header <= 256 && info->arena % UNIT == 0 &&
           info->prev % THREAD_HEAP == 0;
}

static void try_thread_heap(const struct reading *r, uintptr_t lo, uintptr_t end)
{
    struct heap_info info;
    struct heap h;
    if (read_some(r->rd, lo, &info, sizeof info) != sizeof info || !plausible(&info, end - lo))
        return;
    uintptr_t header = info.arena & (THREAD_HEAP - 1);
    bool first = info.arena == lo + header;
    if (first == (info.prev != 0) || !heap_make(&h, lo, lo + info.size))
        return;
    if (first ? walk_first_of_arena(&h, info.arena) : try_walk(&h, lo + header))
        keep(r->hs, &h, r->known, r->nknown);
    else
        heap_free(&h);
}

static void try_brk_heap(const struct reading *r, const struct region *x)
{
    struct heap h;
    if (!heap_make(&h, x->lo, x->hi))
        return;
    if (try_walk(&h, x->lo))
        keep(r->hs, &h, r->known, r->nknown);
    else
        heap_free(&h);
}

/* --- malloc's lists ---------------------------------------------------------------------
 *
 * The bookkeeping of the main heap is in the C library's data, and points to free blocks:
 * to their headers, hence as it seems to the ends of the blocks before them.  It has a
 * row of list heads; an empty one points to itself, 16 bytes before: "bin_at".
 *
 *      top | remainder | bin 1: fd, bk | bin 2: fd, bk | ...
 *      x                 x + 16 */
enum { BINS = 127, BEFORE_TOP = 128, DATA_MAX = 16 << 20 };

struct lists {
    struct heaps *hs;
    struct reader *rd;
    uintptr_t top; /* of the main heap */
};

static bool is_list_head(const struct lists *l, uintptr_t x)
{
    uintptr_t v[2 * BINS];
    if (read_some(l->rd, x + 16, v, sizeof v) != sizeof v)
        return false;
    for (uintptr_t i = 0; i < 2 * BINS; i++)
        if (v[i] != x + i / 2 * 16 && !heaps_find(l->hs, v[i]))
            return false;
    return true;
}

static void find_top(void *arg, uintptr_t at, const uintptr_t *v, size_t n)
{
    struct lists *l = arg;
    for (size_t i = 0; i < n; i++)
        if (v[i] == l->top)
            spans_add(&l->hs->own, at + i * 8, at + i * 8 + 1); /* looked at later */
}

static uintptr_t last_block(const struct heap *h)
{
    size_t i = (h->hi - h->lo) / UNIT;
    while (i-- > 0)
        if (bit(h->starts, i))
            break;
    return h->lo + i * UNIT;
}

/* Of the places that hold the address of the top, keep the one that is followed by
 * lists. */
static void find_bookkeeping(struct heaps *hs, const struct regions *r, struct reader *rd,
                             uintptr_t top)
{
    struct lists l = { .hs = hs, .rd = rd, .top = top };
    for (size_t i = 0; i < r->n; i++)
        if (!r->v[i].shared && !r->v[i].brk && r->v[i].hi - r->v[i].lo < DATA_MAX)
            read_words(rd, r->v[i].lo, r->v[i].hi, false, find_top, &l);
    size_t n = 0;
    for (size_t i = 0; i < hs->own.n; i++) {
        uintptr_t x = hs->own.v[i].lo;
        if (is_list_head(&l, x))
            hs->own.v[n++] = (struct span){ x - BEFORE_TOP, x + 16 + 2 * BINS * 8 };
    }
    hs->own.n = n;
}

void heaps_read(struct heaps *hs, const struct regions *r, struct reader *rd,
                const uintptr_t *known, size_t nknown)
{
    const struct reading how = { hs, rd, known, nknown };
    uintptr_t top = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct region *x = &r->v[i];
        if (x->brk) {
            size_t before = hs->n;
            try_brk_heap(&how, x);
            if (hs->n > before)
                top = last_block(&hs->v[before]);
            continue;
        }
        uintptr_t lo = (x->lo + THREAD_HEAP - 1) & ~(THREAD_HEAP - 1);
        for (; x->plain && lo < x->hi; lo += THREAD_HEAP)
            try_thread_heap(&how, lo, x->hi);
    }
    sort_by_first(hs->v, hs->n, sizeof *hs->v);
    if (top)
        find_bookkeeping(hs, r, rd, top);
}

void heaps_free(struct heaps *hs)
{
    for (size_t i = 0; i < hs->n; i++)
        heap_free(&hs->v[i]);
    array_free(hs->v, hs->cap, sizeof *hs->v);
    spans_free(&hs->own);
    *hs = (struct heaps){ 0 };
}

/* --- Looking up ---------------------------------------------------------------------- */

struct heap *heaps_find(const struct heaps *hs, uintptr_t addr)
{
    size_t i = last_upto(hs->v, hs->n, sizeof *hs->v, addr);
    return i < hs->n && addr < hs->v[i].hi ? &hs->v[i] : NULL;
}

/* The last start at or before i; SIZE_MAX if there is none. */
static size_t start_before(const struct heap *h, size_t i)
{
    size_t w = i / 64;
    uint64_t bits = h->starts[w] & (UINT64_MAX >> (63 - i % 64));
    while (!bits) {
        if (w == 0)
            return SIZE_MAX;
        bits = h->starts[--w];
    }
    return w * 64 + 63 - (size_t)__builtin_clzll(bits);
}

/* By 16 bytes back, each pointer that leads to a block, to its end included, falls
 * between its header and the next. */
static size_t block_of(const struct heap *h, uintptr_t addr)
{
    if (addr < h->first + HEADER)
        return SIZE_MAX;
    return start_before(h, (addr - HEADER - h->lo) / UNIT);
}

static struct span user_bytes(const struct heap *h, size_t i)
{
    uintptr_t c = h->lo + i * UNIT, end = c + (size_at(c) & ~(uintptr_t)FLAGS) + TAIL;
    return (struct span){ c + HEADER, end < h->hi ? end : h->hi };
}

struct span heap_block(const struct heap *h, uintptr_t addr)
{
    size_t i = block_of(h, addr);
    return i == SIZE_MAX ? (struct span){ 0, 0 } : user_bytes(h, i);
}

struct span heap_visit(const struct heaps *hs, struct heap *h, uintptr_t addr)
{
    size_t i = block_of(h, addr);
    if (i == SIZE_MAX || bit(h->marks, i))
        return (struct span){ 0, 0 };
    set_bit(h->marks, i);
    struct span u = user_bytes(h, i);
    bool cached = hs->freed && u.hi - u.lo > 16 && *(const uintptr_t *)(u.lo + 8) == hs->freed;
    return cached ? (struct span){ 0, 0 } : u;
}

/* --- Who works on it ------------------------------------------------------------------ */

#if defined(__GLIBC__)
/* Not malloc and free: a program that takes their addresses may get those of stubs of
 * its own. */
bool in_malloc(uintptr_t pc, const uintptr_t *top, size_t n)
{
    const uintptr_t f[] = { (uintptr_t)malloc_usable_size, (uintptr_t)malloc_trim,
                            (uintptr_t)mallopt, (uintptr_t)memalign };
    uintptr_t lo = UINTPTR_MAX, hi = 0;
    for (size_t i = 0; i < sizeof f / sizeof *f; i++) {
        lo = f[i] < lo ? f[i] : lo;
        hi = f[i] > hi ? f[i] : hi;
    }
    lo -= MALLOC_CODE;
    hi += MALLOC_CODE;
    bool in = pc >= lo && pc < hi;
    for (size_t i = 0; i < n && !in; i++)
        in = top[i] >= lo && top[i] < hi;
    return in;
}
#else
bool in_malloc(uintptr_t pc, const uintptr_t *top, size_t n)
{
    (void)pc, (void)top, (void)n;
    return false;
}
#endif

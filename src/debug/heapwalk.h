/* SPDX-License-Identifier: MIT */
/* The blocks of glibc's malloc, read from outside.
 *
 * A block that only a leaked goroutine knows must not count as a place from which
 * somebody may take a pointer.  So the heap has to be seen as blocks.  glibc keeps a
 * size in front of each, and a heap is a row of them:
 *
 *      | size|P |  user ...            | size|P |  user ...      | top ...    |
 *      c        c+16                   c+size                      end of the heap
 *
 * P in the low bits: the block before is in use.  The last word of a block that is in
 * use overlaps the next header, so its user bytes are [c + 16, c + size + 8).
 *
 * Nothing of this is promised to us, so a heap is taken as blocks only if the row leads
 * from its beginning exactly to its end, through sizes that can be, and the blocks that
 * the library itself has allocated are where it says they are.  A row that is coarser
 * than the truth does no harm.  If a heap is not understood (another malloc, another C
 * library), it is what any memory is: all of it may be read by anybody.
 */
#ifndef DEBUG_HEAPWALK_H
#define DEBUG_HEAPWALK_H

#include "debug/regions.h"

/* One heap.  Bit i is for the 16 bytes at lo + 16 * i. */
struct heap {
    uintptr_t lo, hi;
    uintptr_t first;  /* the first block; before it is malloc's own */
    uint64_t *starts; /* a block begins here */
    uint64_t *marks;  /* and it has been visited, or is free */
    size_t words;     /* in each of the two */
};

struct heaps {
    struct heap *v; /* by address */
    size_t n, cap;
    struct spans own; /* what malloc itself keeps elsewhere: no place for pointers */
    uintptr_t freed;  /* the mark of a block in a thread's cache, or 0 */
};

/* heaps_prepare - before anybody is stopped: it calls malloc. */
void heaps_prepare(struct heaps *h);

/* heaps_read - find those in r that are understood.  known are addresses that malloc
 * has returned.  Nobody is in malloc now. */
void heaps_read(struct heaps *h, const struct regions *r, struct reader *rd, const uintptr_t *known,
                size_t nknown);
void heaps_free(struct heaps *h);

struct heap *heaps_find(const struct heaps *h, uintptr_t addr);

/* heap_block - the user bytes of the block that a pointer leads to: into it, or to its
 * end.  Empty if there is none. */
struct span heap_block(const struct heap *h, uintptr_t addr);

/* heap_visit - the same, if it had not been visited and is in use; else empty. */
struct span heap_visit(const struct heaps *hs, struct heap *h, uintptr_t addr);

/* in_malloc - does a thread that was stopped at pc, with these words on top of its
 * stack, work on a heap? */
bool in_malloc(uintptr_t pc, const uintptr_t *top, size_t n);

#endif

/* SPDX-License-Identifier: MIT */
/* Packing: what a parked goroutine needs of its stack is a few hundred bytes, but a
 * stack that is in use at all costs a page.  The live bytes are kept on a shelf, the
 * pages go back to the kernel, and whoever touches the stack next - the goroutine
 * itself, its waker, another thread with a pointer, the kernel on behalf of one -
 * faults, and waits until the handler's thread has brought the pages back.
 *
 *   IN PLACE --pack_freeze--> FROZEN --pack_shelve--> PACKED
 *      ^                         |                       |
 *      +-- not worth it; a touch-+                       |
 *      +------------------ a touch ----------------------+
 *
 * P1  A page leaves its stack by being moved, in one step of the kernel: a write to it
 *     comes before, and is moved along, or faults.  There is no moment at which it
 *     would go to a copy that nobody looks at any more.
 * P2  A page that a device writes to (its owner has it pinned) does not move.
 * P3  The handler takes the lock before it looks, and who packs holds it while pages are
 *     on their way.
 * P4  Who holds the lock touches no stack, and waits for no lock whose holder may touch
 *     one: no lock of the scheduler.  The same holds for the handler's thread, always.
 * P5  The bytes that are kept are those the owner names while the goroutine cannot run
 *     (the world is stopped).  It runs again only by a touch.
 *
 * A touch of a page that was never there is a fault too, within what is watched: 64
 * slots around each stack that was ever packed, so that a million packed stacks are
 * few mappings of the kernel's.  Zeros are supplied.
 *
 * Needs userfaultfd for the kernel's faults, a privilege; docs/design/stacks.md.
 */
#ifndef STACK_PACK_H
#define STACK_PACK_H

#include "stack/stack.h"

enum { PACK_BATCH = 64 };

/* pack_start - false: it cannot be had here; one line on stderr says why.  Starts
 * PACK_THREADS threads, which have descriptors of their own: the one of userfaultfd must
 * not be among the program's, for one that closes what it does not know would find its
 * packed stacks full of zeros. */
enum { PACK_THREADS = 2 };
bool pack_start(void);

/* pack_is_packed - without the lock: a hint. */
bool pack_is_packed(const struct stack_slot *s);

/* pack_watch - before a slot is frozen.  false: it stays in place. */
bool pack_watch(const struct stack_slot *s);

/* pack_keeps - which bytes of the slot [*from, *to) are of use, from a copy of its
 * highest page, which ends where the slot ends; false: leave it in place.  Must look
 * at the copy alone (P4). */
typedef bool pack_keeps(const struct stack_slot *s, const char *copy_end, char **from, char **to);

/* pack_freeze - up to PACK_BATCH slots that are in place, none twice.  The world is stopped
 * and stays so until it returns. */
void pack_freeze(const struct stack_slot *s, int n, pack_keeps *keeps);

/* pack_shelve - pack what is still frozen; how many that were.  The world may run. */
int pack_shelve(void);

/* What there is now, and has been; for tests and figures. */
struct pack_counts {
    uint64_t packed, unpacked, refused; /* ever: stacks; refused: frozen, but put back */
    uint64_t touched;                   /* ever: faults that brought stacks back */
    uint64_t zeroed;                    /* ever: touches of pages that were never there */
    uint64_t now, bytes;                /* packed now, and the bytes of the shelf */
};
struct pack_counts pack_counts(void);

#endif

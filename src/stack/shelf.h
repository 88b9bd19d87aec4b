/* SPDX-License-Identifier: MIT */
/* Dense memory for what was packed: pieces of a few hundred bytes, of any age, in
 * chunks of pieces of one size.  A chunk that is empty serves any size.
 *
 * Not malloc: a thread that faults on a packed stack may hold malloc's lock, and
 * waits for who unpacks.  The caller holds the one lock of pack.c. */
#ifndef STACK_SHELF_H
#define STACK_SHELF_H

#include <stddef.h>

enum { SHELF_PIECE_MAX = 8192 };

/* shelf_take - NULL: no memory.  shelf_give - back. */
void *shelf_take(size_t size);
void shelf_give(void *piece);

/* shelf_bytes - of chunks in use. */
size_t shelf_bytes(void);

#endif

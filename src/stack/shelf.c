/* SPDX-License-Identifier: MIT */
#include "stack/shelf.h"

#include "base/fatal.h"
#include "os/mem.h"

#include <stdint.h>
#include <stdbool.h>

enum {
    GRAIN = 32,
    SIZES = SHELF_PIECE_MAX / GRAIN,
    CHUNK = 64 << 10,
    BLOCK = 4 << 20, /* what is asked of the kernel at a time */
    PAGE = 4096,
};

/* A chunk begins with this, and is aligned to its size.  In the list of its size
 * while it has room, in `empty` while it has no piece; else in none. */
struct chunk {
    struct chunk *next, **link; /* link: what points to us */
    void *free;                 /* pieces that were given back, linked by their first word */
    uint32_t size;              /* of a piece */
    uint32_t fresh;             /* offset of the first byte that was never part of a piece */
    uint32_t live;
};

static struct chunk *with_room[SIZES], *empty;
static char *block, *block_end;
static size_t in_use;

static void list_push(struct chunk **list, struct chunk *c)
{
    c->next = *list;
    c->link = list;
    if (c->next)
        c->next->link = &c->next;
    *list = c;
}

static void list_remove(struct chunk *c)
{
    *c->link = c->next;
    if (c->next)
        c->next->link = c->link;
    c->link = NULL;
}

static bool is_full(const struct chunk *c)
{
    return !c->free && c->fresh + c->size > CHUNK;
}

static struct chunk *chunk_fresh(void)
{
    if (block == block_end) {
        char *p = mem_reserve(BLOCK + CHUNK);
        if (!p)
            return NULL;
        block = (char *)(((uintptr_t)p + CHUNK - 1) & ~(uintptr_t)(CHUNK - 1));
        block_end = block + BLOCK;
    }
    struct chunk *c = (void *)block;
    block += CHUNK;
    return c;
}

static struct chunk *chunk_for(uint32_t size)
{
    struct chunk *c = empty;
    if (c)
        list_remove(c);
    else
        c = chunk_fresh();
    if (!c)
        return NULL;
    c->free = NULL;
    c->size = size;
    c->fresh = (sizeof *c + GRAIN - 1) / GRAIN * GRAIN;
    c->live = 0;
    in_use += CHUNK;
    list_push(&with_room[size / GRAIN - 1], c);
    return c;
}

/* Only its first page stays, for the list. */
static void chunk_retire(struct chunk *c)
{
    struct iovec rest = { (char *)c + PAGE, CHUNK - PAGE };
    mem_drop(&rest, 1);
    in_use -= CHUNK;
    list_push(&empty, c);
}

void *shelf_take(size_t size)
{
    uint32_t rounded = (uint32_t)((size + GRAIN - 1) / GRAIN * GRAIN);
    ensure(size > 0 && size <= SHELF_PIECE_MAX);
    struct chunk *c = with_room[rounded / GRAIN - 1];
    if (!c && !(c = chunk_for(rounded)))
        return NULL;
    void *piece = c->free;
    if (piece) {
        c->free = *(void **)piece;
    } else {
        piece = (char *)c + c->fresh;
        c->fresh += c->size;
    }
    c->live++;
    if (is_full(c))
        list_remove(c);
    return piece;
}

void shelf_give(void *piece)
{
    struct chunk *c = (void *)((uintptr_t)piece & ~(uintptr_t)(CHUNK - 1));
    if (is_full(c))
        list_push(&with_room[c->size / GRAIN - 1], c);
    *(void **)piece = c->free;
    c->free = piece;
    if (--c->live == 0) {
        list_remove(c);
        chunk_retire(c);
    }
}

size_t shelf_bytes(void)
{
    return in_use;
}

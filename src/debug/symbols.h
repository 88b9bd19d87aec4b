/* SPDX-License-Identifier: MIT */
/* Names and source lines of code addresses.
 *
 *     struct symbols s;
 *     symbols_init(&s, true);
 *     symbols_want(&s, addr);        // as many as there are
 *     symbols_resolve(&s);           // all at once: one pass over each file
 *     const struct place *p = symbols_find(&s, addr);
 *     symbols_free(&s);
 *
 * Names come from the symbol tables of the program and of its shared objects,
 * static functions too.  Lines come from debug/lines.h.  A resolver belongs to
 * one report: nothing is shared, no lock, no malloc.  What cannot be found out
 * is left out; nothing here fails.
 */
#ifndef DEBUG_SYMBOLS_H
#define DEBUG_SYMBOLS_H

#include "debug/lines.h"
#include "debug/scratch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file that is mapped as program or shared object. */
struct object {
    struct object *next;
    const char *path; /* to open it and to show it */
    uintptr_t base;   /* run-time address minus address in the file */
    uintptr_t lo, hi; /* run-time range */
    bool program;     /* the main program */
    const void *map;  /* the file, or NULL: names point into it */
    size_t map_size;
};

struct place {
    uintptr_t addr;           /* asked for */
    const struct object *obj; /* NULL: in no file */
    const char *name;         /* of the function's symbol, or NULL */
    uintptr_t start;          /* run-time address of that symbol */
    const struct line *lines; /* innermost inlined function first, or NULL */
    uint64_t rank;            /* of the best symbol until now */
    bool resolved;
};

struct symbols {
    struct scratch mem;
    struct object *objects;
    struct place **table; /* open addressing, by addr */
    uint32_t cap, n;      /* cap: a power of two; n <= cap / 2 */
    bool lines;
    bool listed; /* objects are known */
};

void symbols_init(struct symbols *s, bool lines);
void symbols_want(struct symbols *s, uintptr_t addr);
void symbols_resolve(struct symbols *s);

/* symbols_find - NULL if addr was never wanted (or memory ran out). */
const struct place *symbols_find(const struct symbols *s, uintptr_t addr);
void symbols_free(struct symbols *s);

#endif

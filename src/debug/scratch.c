/* SPDX-License-Identifier: MIT */
#include "debug/scratch.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

struct scratch_chunk {
    struct scratch_chunk *next;
    size_t size;
};

enum { CHUNK = 1 << 20, ALIGN = 16 };

static struct scratch_chunk *new_chunk(struct scratch *s, size_t size)
{
    struct scratch_chunk *c =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (c == MAP_FAILED)
        return NULL;
    c->size = size;
    c->next = s->chunks;
    s->chunks = c;
    return c;
}

void *scratch_alloc(struct scratch *s, size_t n)
{
    if (n > SIZE_MAX / 2)
        return NULL;
    n = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (n > CHUNK / 4) {
        struct scratch_chunk *own = new_chunk(s, n + ALIGN);
        return own ? (char *)own + ALIGN : NULL;
    }
    if (n > s->left) {
        struct scratch_chunk *c = new_chunk(s, CHUNK);
        if (!c)
            return NULL;
        s->at = (char *)c + ALIGN;
        s->left = CHUNK - ALIGN;
    }
    void *p = s->at;
    s->at += n;
    s->left -= n;
    return p;
}

char *scratch_str(struct scratch *s, const char *text, size_t n)
{
    char *copy = scratch_alloc(s, n + 1);
    if (copy)
        memcpy(copy, text, n);
    return copy;
}

void scratch_free(struct scratch *s)
{
    struct scratch_chunk *c = s->chunks;
    while (c) {
        struct scratch_chunk *next = c->next;
        munmap(c, c->size);
        c = next;
    }
    *s = (struct scratch){ 0 };
}

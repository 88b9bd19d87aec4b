/* SPDX-License-Identifier: MIT */
/* Text to a descriptor, where stdio must not be trusted: in a signal handler,
 * while the program dies, with a lock of the C library held. */
#ifndef DEBUG_WRITER_H
#define DEBUG_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct writer {
    int fd;
    bool failed; /* the descriptor took no more; the rest is dropped */
    size_t n;
    char buf[1024];
};

static inline void writer_init(struct writer *w, int fd)
{
    w->fd = fd;
    w->failed = false;
    w->n = 0;
}

void put_str(struct writer *w, const char *s);
void put_bytes(struct writer *w, const char *s, size_t n);
void put_dec(struct writer *w, uint64_t v);

/* put_hex - with 0x before it. */
void put_hex(struct writer *w, uint64_t v);

void writer_flush(struct writer *w);

#endif

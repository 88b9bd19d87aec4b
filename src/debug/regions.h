/* SPDX-License-Identifier: MIT */
/* The memory of the process: which there is, and reading it without faults. */
#ifndef DEBUG_REGIONS_H
#define DEBUG_REGIONS_H

#include "debug/spans.h"

/* A mapping in which the program can keep pointers. */
struct region {
    uintptr_t lo, hi;
    bool brk;    /* the heap of brk */
    bool plain;  /* private and of no file */
    bool shared; /* other mappings may show the same pages */
};

struct regions {
    struct region *v; /* by address */
    size_t n, cap;
};

/* regions_read - from /proc/self/maps.  Leaves out what cannot be read, what belongs
 * to a device, and what only the linker has written.  false: it could not. */
bool regions_read(struct regions *r);
void regions_free(struct regions *r);

/* regions_find - the one that holds addr, or NULL. */
const struct region *regions_find(const struct regions *r, uintptr_t addr);

/* start_of_main_stack - where the kernel has put the arguments and the environment:
 * frames are below.  UINTPTR_MAX if not known. */
uintptr_t start_of_main_stack(void);

struct reader {
    char *buf;
    int pagemap;
    bool by_hand; /* the kernel does not copy for us */
};

bool reader_open(struct reader *r);
void reader_close(struct reader *r);

/* reader_buffer - its own memory, which holds copies of everything. */
struct span reader_buffer(const struct reader *r);

/* read_words - call visit with the aligned words of [lo, hi), a buffer at a time; at is
 * where they are from.  all: also pages that this process has not touched. */
void read_words(struct reader *r, uintptr_t lo, uintptr_t hi, bool all,
                void (*visit)(void *arg, uintptr_t at, const uintptr_t *v, size_t n), void *arg);

/* read_some - up to n bytes from addr; returns how many there are. */
size_t read_some(struct reader *r, uintptr_t addr, void *to, size_t n);

#endif

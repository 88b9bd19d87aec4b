/* SPDX-License-Identifier: MIT */
/* Memory for a report: straight from the kernel, freed all at once.
 *
 * malloc may be what is broken, or its lock may be held by the very code that
 * was interrupted, so nothing in debug uses it.  A scratch belongs to one
 * report and one thread: reports share nothing, so they need no lock either.
 */
#ifndef DEBUG_SCRATCH_H
#define DEBUG_SCRATCH_H

#include <stddef.h>

/* If all zero, it is empty and ready. */
struct scratch {
    struct scratch_chunk *chunks;
    char *at;
    size_t left;
};

/* scratch_alloc - n zeroed bytes, aligned for any type; NULL when the kernel
 * has no more. */
void *scratch_alloc(struct scratch *s, size_t n);

/* scratch_str - a copy of n bytes and a terminator, or NULL. */
char *scratch_str(struct scratch *s, const char *text, size_t n);

void scratch_free(struct scratch *s);

#endif

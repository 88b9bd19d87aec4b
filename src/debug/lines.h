/* SPDX-License-Identifier: MIT */
/* Source lines of addresses in one file, by asking a tool.
 *
 * Why a tool and not a DWARF reader of our own: four versions of DWARF, split
 * and compressed sections, files of debug information found by build id or
 * link, and inlined functions make some thousands of lines, which must be right
 * in a process that is already broken.  binutils or LLVM is where debug
 * information is made, so it understands what they write; a crash of the tool
 * harms nobody; and on a machine without it the trace still has every function
 * name and offset, which can be resolved later elsewhere.
 */
#ifndef DEBUG_LINES_H
#define DEBUG_LINES_H

#include "debug/scratch.h"

#include <stdbool.h>
#include <stdint.h>

/* One function of the chain that was inlined at an address. */
struct line {
    const struct line *outer; /* the function it was inlined into, or NULL */
    const char *func;         /* demangled; NULL when unknown */
    const char *file;         /* NULL when unknown */
    uint32_t number;          /* 0 when unknown */
};

/* lines_find - out[i] = chain of addrs[i] (addresses as in the file), or NULL.
 *
 * Runs addr2line or llvm-symbolizer from PATH, kills it at the deadline (on
 * CLOCK_MONOTONIC).  Never from a program with raised privileges.  As with
 * system(), the program gets a SIGCHLD.
 * Returns false if no tool answered: another try is useless.
 */
bool lines_find(struct scratch *mem, const char *path, const uintptr_t *addrs,
                const struct line **out, uint32_t n, int64_t deadline);

#endif

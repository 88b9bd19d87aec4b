/* SPDX-License-Identifier: MIT */
/* Address space: reserve, guard, give back. */
#ifndef OS_MEM_H
#define OS_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/uio.h>

/* mem_reserve - zeroed memory that costs nothing until touched; NULL when the
 * kernel refuses.  Never backed by huge pages. */
void *mem_reserve(size_t size);
void mem_release(void *p, size_t size);

enum guard_kind { GUARD_MADVISE, GUARD_MPROTECT, GUARD_NONE };

/* mem_guard - make each range fault on access.  Inside one mapping where the
 * kernel can (6.13 on), else by mprotect while the budget of mappings lasts,
 * else not at all.  Returns what the last range got. */
enum guard_kind mem_guard(const struct iovec *ranges, int n);

/* mem_drop - give the pages of each range back; they read as zero again.
 * Guards inside stay. */
void mem_drop(const struct iovec *ranges, int n);

#endif

/* SPDX-License-Identifier: MIT */
/* The runtime's few heap allocations, which can be made to fail. */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include "base/options.h"

#include <stdlib.h>

/* rt_malloc - for records that come and go quickly: glibc's calloc does not look into the
 * thread's own cache of free blocks before 2.41. */
static inline void *rt_malloc(size_t size)
{
    return fault(FAIL_MALLOC) ? NULL : malloc(size);
}

static inline void *rt_calloc(size_t n, size_t size)
{
    return fault(FAIL_MALLOC) ? NULL : calloc(n, size);
}

static inline void *rt_realloc(void *p, size_t size)
{
    return fault(FAIL_MALLOC) ? NULL : realloc(p, size);
}

#endif

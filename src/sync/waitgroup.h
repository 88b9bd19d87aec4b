/* SPDX-License-Identifier: MIT */
/* The word of go_waitgroup; what it means is in waitgroup.c. */
#ifndef SYNC_WAITGROUP_H
#define SYNC_WAITGROUP_H

#include <stdint.h>

#define WG_WAITERS UINT64_C(1)

static inline int32_t wg_count(uint64_t s)
{
    return (int32_t)(s >> 32);
}

#endif

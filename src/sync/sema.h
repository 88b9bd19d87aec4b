/* SPDX-License-Identifier: MIT */
/* The word of go_sema; what it means is in sema.c. */
#ifndef SYNC_SEMA_H
#define SYNC_SEMA_H

#include <goroutine/sema.h>

#define SEMA_WAITERS UINT64_C(1)

static inline uint64_t sema_taken(uint64_t s)
{
    return s >> 1;
}

/* sema_verify - the invariants of sema.c, at any time, by anybody. */
void sema_verify(go_sema *s);

#endif

/* SPDX-License-Identifier: MIT */
/* Bits of go_rwmutex; what they mean is in rwmutex.c. */
#ifndef SYNC_RWMUTEX_H
#define SYNC_RWMUTEX_H

#include "sync/lockword.h"

#define RW_READERS_QUEUED (1u << 5)
#define RW_BIASED         (1u << 6)
#define RW_READER         (1u << 7)
#define RW_READERS        (~(RW_READER - 1))
#define RW_FULL           (1u << 31)

/* A writer is in or has asked the readers out. */
#define RW_STOPPED (LW_HELD | LW_SHUT)
#define RW_CLOSED  (RW_STOPPED | RW_FULL)

/* rwmutex_leave - a reader leaves: of the notes, or of those that the word counts. */
void rwmutex_leave(go_rwmutex *rw);

#endif

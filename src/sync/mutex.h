/* SPDX-License-Identifier: MIT */
/* What cond and the tests need of go_mutex. */
#ifndef SYNC_MUTEX_H
#define SYNC_MUTEX_H

#include "sched/types.h"

#include <goroutine/sync.h>

/* In the word of a go_mutex: it is biased (mutex.c). */
#define MUTEX_BIASED (1u << 5)

/* mutex_release - unlock, inside the runtime: the waiter that the caller has to ready, or
 * NULL.  w->ok tells whether the lock was handed to it. */
struct go_waiter_ *mutex_release(struct m *m, go_mutex *mu);

#endif
